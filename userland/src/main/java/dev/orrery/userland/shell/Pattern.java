package dev.orrery.userland.shell;

/**
 * Patterns of globs, case and {@code ${x#p}}. A char above 255 is a quoted one: it stands for
 * itself, without that bit.
 */
public final class Pattern {
    static final int QUOTED = 0x100;

    private Pattern() {}

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        text.chars().forEach(c -> quoted.append((char) (c | QUOTED)));
        return quoted.toString();
    }

    static String plain(String marked) {
        StringBuilder plain = new StringBuilder(marked.length());
        marked.chars().forEach(c -> plain.append((char) (c & 0xff)));
        return plain.toString();
    }

    static boolean isPattern(String marked) {
        return marked.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /**
     * Whether the whole text matches; linear but for stars, which go back to the last star only.
     */
    public static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            int next =
                    p < pattern.length() && pattern.charAt(p) != '*'
                            ? one(pattern, p, text.charAt(t))
                            : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (next > 0) {
                p = next;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on if its element here matches the character, or -1. */
    private static int one(String pattern, int p, char c) {
        char element = pattern.charAt(p);
        if (element == '?') {
            return p + 1;
        }
        if (element == '[') {
            int end =
                    pattern.indexOf(
                            ']',
                            p
                                    + (p + 1 < pattern.length()
                                                    && "!^".indexOf(pattern.charAt(p + 1)) >= 0
                                            ? 3
                                            : 2));
            if (end > 0) {
                return bracket(pattern.substring(p + 1, end), c) ? end + 1 : -1;
            }
        }
        if (element == '\\' && p + 1 < pattern.length()) {
            return (pattern.charAt(p + 1) & 0xff) == c ? p + 2 : -1;
        }
        return (element & 0xff) == c ? p + 1 : -1;
    }

    private static boolean bracket(String inner, char c) {
        boolean negated = inner.startsWith("!") || inner.startsWith("^");
        boolean found = false;
        for (int i = negated ? 1 : 0; i < inner.length(); i++) {
            char low = (char) (inner.charAt(i) & 0xff);
            if (i + 2 < inner.length() && inner.charAt(i + 1) == '-') {
                found |= c >= low && c <= (inner.charAt(i + 2) & 0xff);
                i += 2;
            } else {
                found |= c == low;
            }
        }
        return found != negated;
    }
}
