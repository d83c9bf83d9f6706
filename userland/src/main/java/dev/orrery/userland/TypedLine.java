package dev.orrery.userland;

import java.util.ArrayList;
import java.util.List;

/**
 * A line that is being typed, with a cursor in it, and those typed before. Each change answers what
 * shows it on the screen. Text is in the form of {@link dev.orrery.userland.file.Raw}, of which the
 * cursor never parts a character.
 */
final class TypedLine {

    /** As much as a terminal takes in one line; what is typed beyond it rings the bell. */
    private static final int LONGEST = 4095;

    private static final int MOST_REMEMBERED = 200;
    private static final String BELL = "\7";

    private final StringBuilder text = new StringBuilder();
    private final List<String> history = new ArrayList<>();
    private int cursor;
    private int recalled;

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Answers the line, and begins the next. */
    String enter() {
        String entered = text.toString();
        if (!entered.isBlank() && (history.isEmpty() || !history.getLast().equals(entered))) {
            if (history.size() == MOST_REMEMBERED) {
                history.removeFirst();
            }
            history.add(entered);
        }
        text.setLength(0);
        cursor = 0;
        recalled = history.size();
        return entered;
    }

    String type(char key) {
        return switch (key) {
            case 1 -> left(cursor); // ^A
            case 2 -> left(before());
            case 5 -> right(text.length() - cursor); // ^E
            case 6 -> right(after());
            case 8, 127 -> erase(before());
            case 11 -> cut(text.length() - cursor); // ^K
            case 21 -> erase(cursor); // ^U
            case 23 -> erase(word()); // ^W
            default -> insert(key);
        };
    }

    /** A key that sends more than one byte. */
    String command(String sequence) {
        return switch (sequence.substring(2)) {
            case "A" -> recall(recalled - 1);
            case "B" -> recall(recalled + 1);
            case "C" -> right(after());
            case "D" -> left(before());
            case "H", "1~", "7~" -> left(cursor);
            case "F", "4~", "8~" -> right(text.length() - cursor);
            case "3~" -> cut(after());
            default -> "";
        };
    }

    private String insert(char key) {
        if (key < ' ' && key != '\t') {
            return "";
        }
        if (text.length() >= LONGEST) {
            return BELL;
        }
        text.insert(cursor++, key);
        String rest = text.substring(cursor);
        return key + rest + back(rest);
    }

    private String erase(int count) {
        if (count == 0) {
            return "";
        }
        String shown = left(count);
        return shown + cut(count);
    }

    /** Takes away what is under the cursor and after it. */
    private String cut(int count) {
        int width = width(text.substring(cursor, cursor + count));
        text.delete(cursor, cursor + count);
        String rest = text.substring(cursor) + " ".repeat(width);
        return rest + back(rest);
    }

    private String left(int count) {
        String passed = text.substring(cursor - count, cursor);
        cursor -= count;
        return back(passed);
    }

    private String right(int count) {
        String passed = text.substring(cursor, cursor + count);
        cursor += count;
        return passed;
    }

    private String recall(int number) {
        if (number < 0 || number > history.size()) {
            return BELL;
        }
        recalled = number;
        String shown = right(text.length() - cursor) + erase(text.length());
        String line = number == history.size() ? "" : history.get(number);
        text.append(line);
        cursor = text.length();
        return shown + line;
    }

    /** The length of the character before the cursor. */
    private int before() {
        int count = 0;
        while (count < cursor) {
            count++;
            if (!continues(text.charAt(cursor - count))) {
                return count;
            }
        }
        return count;
    }

    private int after() {
        int count = cursor < text.length() ? 1 : 0;
        while (cursor + count < text.length() && continues(text.charAt(cursor + count))) {
            count++;
        }
        return count;
    }

    private int word() {
        int start = cursor;
        while (start > 0 && text.charAt(start - 1) == ' ') {
            start--;
        }
        while (start > 0 && text.charAt(start - 1) != ' ') {
            start--;
        }
        return cursor - start;
    }

    /** Whether it is a further byte of a character. */
    private static boolean continues(char value) {
        return value >= 0x80 && value < 0xc0;
    }

    private static int width(String text) {
        return (int) text.chars().filter(value -> !continues((char) value)).count();
    }

    private static String back(String over) {
        return "\b".repeat(width(over));
    }
}
