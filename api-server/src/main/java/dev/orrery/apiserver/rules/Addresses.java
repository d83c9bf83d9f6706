package dev.orrery.apiserver.rules;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses and their ranges, as texts. Nothing here asks a name server. */
public final class Addresses {

    private static final Pattern V4 =
            Pattern.compile(
                    "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private Addresses() {}

    public static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    public static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0) {
            int head = groups(text.substring(0, gap));
            int tail = groups(text.substring(gap + 2));
            return head >= 0 && tail >= 0 && head + tail < 8;
        }
        return groups(text) == 8;
    }

    /** How many groups of 16 bits the text has, an IPv4 ending counting two; -1: it is wrong. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && isV4(parts[i])) {
                count += 2;
            } else if (GROUP.matcher(parts[i]).matches()) {
                count++;
            } else {
                return -1;
            }
        }
        return count;
    }

    public static boolean isAddress(String text) {
        return isV4(text) || isV6(text);
    }

    public static void validate(Field address) {
        if (!isAddress(address.text())) {
            address.invalid(
                    address.text(),
                    "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    /** {@code IPv4} or {@code IPv6}; null if it is no address. */
    public static @Nullable String family(String address) {
        return isV4(address) ? "IPv4" : isV6(address) ? "IPv6" : null;
    }

    public static void validateRange(Field range) {
        String text = range.text().strip();
        int slash = text.indexOf('/');
        if (slash < 0 || !isRange(text.substring(0, slash), text.substring(slash + 1))) {
            range.invalid(text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    private static boolean isRange(String address, String prefix) {
        if (prefix.isEmpty()
                || prefix.length() > 3
                || !prefix.chars().allMatch(Character::isDigit)) {
            return false;
        }
        int bits = Integer.parseInt(prefix);
        return isV4(address) ? bits <= 32 : isV6(address) && bits <= 128;
    }

    /** Reports addresses that no endpoint outside a node can have. */
    public static void validateNotSpecial(Field address) {
        String text = address.text();
        if (text.equals("0.0.0.0") || text.equals("::")) {
            address.invalid("may not be unspecified (" + text + ")");
        }
        if (text.startsWith("127.") || text.equals("::1")) {
            address.invalid("may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (text.startsWith("169.254.") || text.startsWith("fe80:")) {
            address.invalid("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (text.startsWith("224.0.0.") || text.startsWith("ff02:")) {
            address.invalid(
                    "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }
}
