package dev.orrery.userland.shell;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.Symlink;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The expressions of {@code test}. */
public final class Test {
    private static final Set<String> BINARY =
            Set.of(
                    "=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge",
                    "-nt", "-ot", "-ef");

    private final Task task;
    private final List<String> words;
    private int at;

    private Test(Task task, List<String> words) {
        this.task = task;
        this.words = words;
    }

    /** The first word is the command's name; a bracket has to be closed. */
    public static boolean evaluate(Task task, List<String> command) {
        List<String> words = command.subList(1, command.size());
        if (command.getFirst().equals("[")) {
            if (words.isEmpty() || !words.getLast().equals("]")) {
                throw new ShellError("missing ]");
            }
            words = words.subList(0, words.size() - 1);
        }
        if (words.isEmpty()) {
            return false;
        }
        if (words.size() == 3 && BINARY.contains(words.get(1))) {
            return new Test(task, words).binary();
        }
        Test test = new Test(task, words);
        boolean value = test.or();
        if (test.at < words.size()) {
            throw new ShellError("unexpected operator");
        }
        return value;
    }

    private boolean take(String word) {
        if (at < words.size() && words.get(at).equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean or() {
        boolean value = and();
        while (take("-o")) {
            value |= and();
        }
        return value;
    }

    private boolean and() {
        boolean value = not();
        while (take("-a")) {
            value &= not();
        }
        return value;
    }

    private boolean not() {
        if (words.size() - at > 1 && take("!")) {
            return !not();
        }
        return primary();
    }

    private boolean primary() {
        if (at >= words.size()) {
            throw new ShellError("argument expected");
        }
        if (at + 2 < words.size() && BINARY.contains(words.get(at + 1))) {
            return binary();
        }
        if (words.size() - at > 2 && take("(")) {
            boolean value = or();
            if (!take(")")) {
                throw new ShellError("closing paren expected");
            }
            return value;
        }
        String word = words.get(at++);
        if (word.matches("-[a-zA-Z]") && at < words.size()) {
            return unary(word.charAt(1), words.get(at++));
        }
        return !word.isEmpty();
    }

    private boolean binary() {
        String left = words.get(at);
        String operator = words.get(at + 1);
        String right = words.get(at + 2);
        at += 3;
        return switch (operator) {
            case "=", "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "=~" -> find(left, right);
            case "<" -> left.compareTo(right) < 0;
            case ">" -> left.compareTo(right) > 0;
            case "-eq" -> number(left) == number(right);
            case "-ne" -> number(left) != number(right);
            case "-lt" -> number(left) < number(right);
            case "-le" -> number(left) <= number(right);
            case "-gt" -> number(left) > number(right);
            case "-ge" -> number(left) >= number(right);
            case "-nt" -> modified(left) > modified(right);
            case "-ot" -> modified(left) < modified(right);
            default -> find(left) != null && find(left) == find(right);
        };
    }

    private static boolean find(String text, String regex) {
        try {
            return java.util.regex.Pattern.compile(regex).matcher(text).find();
        } catch (java.util.regex.PatternSyntaxException malformed) {
            throw new ShellError("bad regex: " + regex);
        }
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word.strip());
        } catch (NumberFormatException notANumber) {
            throw new ShellError("Illegal number: " + word);
        }
    }

    private @Nullable Node find(String path) {
        return path.isEmpty()
                ? null
                : task.machine().files().find(task.absolute(path), task.user());
    }

    private long modified(String path) {
        Node node = find(path);
        return node == null ? Long.MIN_VALUE : node.modified().toEpochMilli();
    }

    private boolean unary(char operator, String word) {
        return switch (operator) {
            case 'n' -> !word.isEmpty();
            case 'z' -> word.isEmpty();
            case 't' -> task.isTerminal((int) number(word));
            case 'h', 'L' -> isLink(word);
            default -> exists(operator, word);
        };
    }

    private boolean exists(char operator, String word) {
        Node node = find(word);
        return node != null && file(operator, node);
    }

    private boolean isLink(String word) {
        try {
            return task.machine().files().locate(task.absolute(word), task.user(), false).node()
                    instanceof Symlink;
        } catch (FileException missing) {
            return false;
        }
    }

    private boolean file(char operator, Node node) {
        return switch (operator) {
            case 'e' -> true;
            case 'f' -> node instanceof RegularFile;
            case 'd' -> node instanceof Directory;
            case 's' -> node.size() > 0;
            case 'c' -> node instanceof Device;
            case 'r' -> task.user().may(node, 4);
            case 'w' -> task.user().may(node, 2);
            case 'x' -> task.user().may(node, 1);
            case 'O' -> node.uid() == task.user().uid();
            case 'b', 'p', 'S', 'u', 'g', 'k' -> false;
            default -> throw new ShellError("-" + operator + ": unexpected operator");
        };
    }
}
