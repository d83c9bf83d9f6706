package dev.orrery.kubelet.process;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises commands whose course can be told without running them: {@code sleep 30}, {@code
 * false}, {@code sh -c "echo hello; sleep 5; exit 3"}. Anything else is not recognised.
 */
final class SimpleCommands {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
    private static final Set<String> HARMLESS =
            Set.of("true", ":", "echo", "printf", "date", "hostname", "env", "ls", "pwd", "touch");
    private static final Pattern SLEEP = Pattern.compile("(\\d+(?:\\.\\d+)?)([smhd]?)");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*(?:;|&&|\\n)\\s*");
    private static final Pattern BEYOND_SIMPLE =
            Pattern.compile(
                    "[|$`(){}<*]|\\b(?:while|until|for|if|case|trap|function|wait)\\b|(?<!&)&(?!&)");
    private static final long MILLIS = 1000;

    /** The digits of pi take a moment. */
    private static final Duration COMPUTING = Duration.ofSeconds(3);

    private SimpleCommands() {}

    static @Nullable Behaviour behaviour(List<String> argv) {
        if (argv.isEmpty()) {
            return null;
        }
        String program = baseName(argv.getFirst());
        if (SHELLS.contains(program) && argv.size() == 3 && argv.get(1).endsWith("c")) {
            return script(argv.get(2));
        }
        return single(program, argv.subList(1, argv.size()));
    }

    private static @Nullable Behaviour script(String text) {
        String bare = text.replaceAll("'[^']*'|\"[^\"$`]*\"", "x");
        if (BEYOND_SIMPLE.matcher(bare).find()) {
            return null;
        }
        Duration after = Duration.ZERO;
        for (String command : SEPARATOR.split(bare.strip())) {
            List<String> words = List.of(command.strip().split("\\s+"));
            if (words.getFirst().equals("exit")) {
                return new Behaviour.Ends(exitCode(words), after, false);
            }
            Behaviour step = single(baseName(words.getFirst()), words.subList(1, words.size()));
            if (!(step instanceof Behaviour.Ends ends)) {
                return step;
            }
            after = after.plus(ends.after());
            if (ends.code() != 0) {
                return new Behaviour.Ends(ends.code(), after, false);
            }
        }
        return new Behaviour.Ends(0, after, false);
    }

    private static @Nullable Behaviour single(String program, List<String> args) {
        if (HARMLESS.contains(program)) {
            return new Behaviour.Ends(0, Duration.ZERO, false);
        }
        return switch (program) {
            case "false" -> new Behaviour.Ends(1, Duration.ZERO, false);
            case "sleep" -> sleep(args);
            case "perl" -> new Behaviour.Ends(0, COMPUTING, false);
            default -> null;
        };
    }

    private static Behaviour sleep(List<String> args) {
        if (args.equals(List.of("infinity")) || args.equals(List.of("inf"))) {
            return new Behaviour.Forever(false);
        }
        Duration total = Duration.ZERO;
        for (String arg : args) {
            Matcher matcher = SLEEP.matcher(arg);
            if (!matcher.matches()) {
                return new Behaviour.Ends(1, Duration.ZERO, false);
            }
            total = total.plus(duration(matcher.group(1), matcher.group(2)));
        }
        return new Behaviour.Ends(args.isEmpty() ? 1 : 0, total, false);
    }

    private static Duration duration(String number, String unit) {
        long seconds =
                switch (unit) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    case "d" -> 86_400;
                    default -> 1;
                };
        return Duration.ofMillis((long) (Double.parseDouble(number) * seconds * MILLIS));
    }

    private static int exitCode(List<String> words) {
        if (words.size() < 2) {
            return 0;
        }
        try {
            return Integer.parseInt(words.get(1)) & 0xff;
        } catch (NumberFormatException e) {
            return 2;
        }
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
