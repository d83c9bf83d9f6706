package dev.orrery.schema;

import java.util.Base64;

/** The one form in which Kubernetes writes values that can be written in several. */
final class Canonical {

    private Canonical() {}

    /**
     * @throws IllegalArgumentException with Kubernetes' message where the text is none of the kind
     */
    static String text(Shape.Kind kind, String text) {
        return switch (kind) {
            case QUANTITY -> Quantities.canonical(text);
            case TIME -> GoTime.canonical(text, false);
            case MICRO_TIME -> GoTime.canonical(text, true);
            case BYTES -> base64(text);
            default -> text;
        };
    }

    private static String base64(String text) {
        String oneLine = text.indexOf('\n') < 0 ? text : text.replace("\n", "").replace("\r", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(oneLine);
            // Java takes text without its padding, Go does not.
            if (oneLine.length() % 4 == 0) {
                return Base64.getEncoder().encodeToString(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(corrupt(text), e);
        }
        throw new IllegalArgumentException(corrupt(text));
    }

    /** Go names the first byte that cannot be. */
    private static String corrupt(String text) {
        int at = 0;
        while (at < text.length() && isBase64(text.charAt(at))) {
            at++;
        }
        int end = at;
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        boolean onlyPaddingIsWrong = end == text.length();
        return "illegal base64 data at input byte " + (onlyPaddingIsWrong ? text.length() : at);
    }

    private static boolean isBase64(char c) {
        return (Character.isLetterOrDigit(c) && c < 0x80) || "+/\n\r".indexOf(c) >= 0;
    }
}
