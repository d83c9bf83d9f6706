package dev.orrery.kubelet.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What commands whose course can be told without running them write, and when. */
final class SimpleOutput {

    private static final Pattern SEPARATOR = Pattern.compile("\\s*(?:;|&&|\\n)\\s*");

    /**
     * @param after since the start of the process
     */
    record Line(Duration after, String text) {}

    private SimpleOutput() {}

    /** Nothing, where a command is beyond this. */
    static List<Line> of(List<String> argv) {
        if (!(SimpleCommands.behaviour(argv) instanceof Behaviour.Ends)) {
            return List.of();
        }
        boolean script = argv.size() == 3 && argv.get(1).equals("-c");
        return script ? script(argv.get(2)) : command(argv, Duration.ZERO);
    }

    private static List<Line> script(String text) {
        List<Line> lines = new ArrayList<>();
        Duration after = Duration.ZERO;
        for (String part : SEPARATOR.split(text.strip())) {
            List<String> words = List.of(part.strip().split("\\s+"));
            lines.addAll(command(words.stream().map(SimpleOutput::unquoted).toList(), after));
            if (SimpleCommands.behaviour(words)
                    instanceof Behaviour.Ends(int _, Duration taken, boolean _)) {
                after = after.plus(taken);
            }
        }
        return lines;
    }

    private static List<Line> command(List<String> words, Duration after) {
        return words.getFirst().equals("echo")
                ? List.of(new Line(after, String.join(" ", words.subList(1, words.size())) + "\n"))
                : List.of();
    }

    private static String unquoted(String word) {
        return word.replaceAll("[\"']", "");
    }
}
