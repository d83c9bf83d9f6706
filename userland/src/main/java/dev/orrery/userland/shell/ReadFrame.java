package dev.orrery.userland.shell;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Step;
import java.util.List;

/** The builtin {@code read}: takes bytes one by one, since what follows the line is another's. */
final class ReadFrame implements Frame {
    private final List<String> names;
    private final boolean raw;
    private final StringBuilder line = new StringBuilder();
    private boolean escaped;

    ReadFrame(List<String> names, boolean raw) {
        this.names = names.isEmpty() ? List.of("REPLY") : names;
        this.raw = raw;
    }

    @Override
    public Step step(Shell shell) {
        byte[] one = new byte[1];
        for (int i = 0; i < 256; i++) {
            int count = shell.task().read(0, one);
            if (count == 0) {
                return Step.WAITING;
            }
            char c = (char) (one[0] & 0xff);
            if (count == Channel.END || (c == '\n' && !escaped)) {
                assign(shell);
                shell.status(count == Channel.END ? 1 : 0);
                return shell.done(this);
            }
            take(c);
        }
        return Step.MORE;
    }

    private void take(char c) {
        if (escaped) {
            escaped = false;
            if (c != '\n') {
                line.append((char) (c | Pattern.QUOTED));
            }
        } else if (c == '\\' && !raw) {
            escaped = true;
        } else if (c != 0) {
            line.append(c);
        }
    }

    private void assign(Shell shell) {
        String separators = shell.separators();
        String rest = strip(line.toString(), separators);
        for (int i = 0; i < names.size(); i++) {
            int end = 0;
            while (end < rest.length()
                    && (i == names.size() - 1 || separators.indexOf(rest.charAt(end)) < 0)) {
                end++;
            }
            shell.set(names.get(i), Pattern.plain(rest.substring(0, end)));
            boolean white = end < rest.length() && Character.isWhitespace(rest.charAt(end));
            rest =
                    strip(
                            end < rest.length() ? rest.substring(white ? end : end + 1) : "",
                            separators);
        }
    }

    private static String strip(String text, String separators) {
        int start = 0;
        int end = text.length();
        while (start < end && white(text.charAt(start), separators)) {
            start++;
        }
        while (end > start && white(text.charAt(end - 1), separators)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean white(char c, String separators) {
        return Character.isWhitespace(c) && separators.indexOf(c) >= 0;
    }
}
