package dev.orrery.userland.http;

import java.util.Map;

/** The encoding of queries and forms. */
public final class Forms {

    private Forms() {}

    static void read(String encoded, Map<String, String> values) {
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                values.putIfAbsent(
                        decode(name, true),
                        equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
    }

    /** Bytes written as %XX, and in a form a space as a plus sign. */
    public static String decode(String text, boolean form) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (value >= 0) {
                out.append((char) value);
                i += 2;
            } else {
                out.append(form && c == '+' ? ' ' : c);
            }
        }
        return out.toString();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    public static String encode(String raw) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return out.toString();
    }
}
