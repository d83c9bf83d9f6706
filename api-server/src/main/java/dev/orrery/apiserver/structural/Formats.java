package dev.orrery.apiserver.structural;

import com.google.re2j.Pattern;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The formats of texts that Kubernetes checks. Others are ignored, as in Kubernetes. */
final class Formats {

    private static final Predicate<String> UUID = matches("[0-9a-f]{4}", "[0-9a-f]{4}");

    private static final Pattern TIME =
            Pattern.compile(
                    "([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");
    private static final Pattern GO_DURATION =
            Pattern.compile("[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern SCALA_DURATION =
            Pattern.compile(
                    "(?i)[0-9]+\\s*(ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?"
                            + "|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?"
                            + "|w|wks?|weeks?)");
    private static final Pattern HOSTNAME =
            Pattern.compile(
                    "([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)"
                            + "|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}"
                            + "[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}([a-zA-Z\\p{L}]){2,63})");

    /** By name without hyphens. */
    private static final Map<String, Predicate<String>> CHECKS =
            Map.ofEntries(
                    Map.entry("bsonobjectid", pattern("(?i)[0-9a-f]{24}")),
                    Map.entry("uri", Formats::isUri),
                    Map.entry("email", pattern("(.*<)?[^@\\s<>\"]+@[^@\\s<>]+>?")),
                    Map.entry("hostname", Formats::isHostname),
                    Map.entry("ipv4", text -> text.contains(".") && Addresses.isAddress(text)),
                    Map.entry("ipv6", text -> text.contains(":") && Addresses.isAddress(text)),
                    Map.entry("cidr", Formats::isCidr),
                    Map.entry(
                            "mac",
                            pattern(
                                    "(?i)([0-9a-f]{2}[:-]){5}([0-9a-f]{2}[:-]){0,2}[0-9a-f]{2}"
                                            + "|([0-9a-f]{4}\\.){2,3}[0-9a-f]{4}")),
                    Map.entry("uuid", UUID),
                    Map.entry("uuid3", matches("3[0-9a-f]{3}", "[0-9a-f]{4}")),
                    Map.entry("uuid4", matches("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
                    Map.entry("uuid5", matches("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
                    Map.entry("isbn", text -> isIsbn10(text) || isIsbn13(text)),
                    Map.entry("isbn10", Formats::isIsbn10),
                    Map.entry("isbn13", Formats::isIsbn13),
                    Map.entry("creditcard", Formats::isCreditCard),
                    Map.entry("ssn", pattern("[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}")),
                    Map.entry("hexcolor", pattern("(?i)#?([0-9a-f]{3}|[0-9a-f]{6})")),
                    Map.entry("rgbcolor", pattern("rgb\\(\\s*" + byteOf("\\s*\\)"))),
                    Map.entry("byte", Formats::isBase64),
                    Map.entry("password", _ -> true),
                    Map.entry("date", Formats::isDate),
                    Map.entry("datetime", Formats::isDateTime),
                    Map.entry(
                            "duration",
                            text -> GO_DURATION.matches(text) || SCALA_DURATION.matches(text)),
                    Map.entry("k8sshortname", text -> Names.dnsLabel(text).isEmpty()),
                    Map.entry("k8slongname", text -> Names.dnsSubdomain(text).isEmpty()));

    private Formats() {}

    /** The format if it is one that values of the type are held to, else empty. */
    static String checked(String format, String type) {
        boolean known =
                switch (type) {
                    case "", "string" -> CHECKS.containsKey(plain(format));
                    case "integer" -> Set.of("int32", "int64").contains(format);
                    case "number" -> Set.of("float", "double").contains(format);
                    default -> false;
                };
        return known ? format : "";
    }

    /** Whether a text has a format; any text has one that is no format of texts. */
    static boolean fits(String text, String format) {
        Predicate<String> check = CHECKS.get(plain(format));
        return check == null || check.test(text);
    }

    private static String plain(String format) {
        return format.replace("-", "");
    }

    private static Predicate<String> pattern(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return compiled::matches;
    }

    private static Predicate<String> matches(String third, String fourth) {
        return pattern("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?" + third + "-?" + fourth + "-?[0-9a-f]{12}");
    }

    private static String byteOf(String end) {
        String number = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
        return number + "\\s*,\\s*" + number + "\\s*,\\s*" + number + end;
    }

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return text.startsWith("/") || uri.isAbsolute();
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean isHostname(String text) {
        if (text.length() > 255 || !HOSTNAME.matches(text)) {
            return false;
        }
        for (String label : text.split("\\.")) {
            if (label.length() > 63) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !Addresses.isAddress(text.substring(0, slash))) {
            return false;
        }
        String bits = text.substring(slash + 1);
        int most = text.indexOf(':') < 0 ? 32 : 128;
        return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most;
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        int t = lower.indexOf('t');
        if (t < 0 || !isDate(lower.substring(0, t))) {
            return false;
        }
        String time = lower.substring(t + 1);
        return TIME.matches(time)
                && time.substring(0, 2).compareTo("23") <= 0
                && time.substring(3, 5).compareTo("59") <= 0
                && time.substring(6, 8).compareTo("59") <= 0;
    }

    private static boolean isBase64(String text) {
        try {
            var _ = Base64.getDecoder().decode(text);
            return !text.isEmpty() && text.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isIsbn10(String text) {
        String digits = text.replaceAll("[\\s-]+", "");
        if (!digits.matches("[0-9]{9}[0-9X]")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            char c = digits.charAt(i);
            sum += (i + 1) * (c == 'X' ? 10 : c - '0');
        }
        return sum % 11 == 0;
    }

    private static boolean isIsbn13(String text) {
        String digits = text.replaceAll("[\\s-]+", "");
        if (!digits.matches("[0-9]{13}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
        }
        return sum % 10 == 0;
    }

    /** By the check digit at the end. */
    private static boolean isCreditCard(String text) {
        String digits = text.replaceAll("[^0-9]+", "");
        if (!digits.matches("[3-6][0-9]{12,15}|2131[0-9]{11}|1800[0-9]{11}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = digit * 2;
            sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
