package dev.orrery.acceptance.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of commands and what they must print:
 *
 * <pre>
 * # A comment: what this shows, and the page that it comes from.
 * $ kubectl create deployment web --image nginx
 * ----
 * deployment.apps/web created
 *
 * ~ kubectl get deployment web            (~: until it prints what is expected)
 * ----
 * NAME   READY   UP-TO-DATE   AVAILABLE   AGE
 * web    1/1     1            1           &lt;age&gt;
 *
 * $ kubectl get deployment nope
 * ---- 1                                  (the exit code, where it is not 0)
 * Error from server (NotFound): deployments.apps "nope" not found
 * </pre>
 *
 * A command goes on over lines that end with a backslash, or as a here-document. An empty line ends
 * what is expected; to expect one, write {@code <...>}.
 */
record Scenario(String name, List<Step> steps) {

    static Scenario read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".txt", "");
        return new Scenario(name, parse(Files.readAllLines(file)));
    }

    static List<Step> parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.startsWith("$ ") || line.startsWith("~ ")) {
                at = step(lines, at, steps);
            } else if (line.isBlank() || line.startsWith("#")) {
                at++;
            } else {
                throw new IllegalArgumentException(
                        "line " + (at + 1) + " is no command and no comment: " + line);
            }
        }
        return steps;
    }

    /** Reads one step that begins at a line, and returns the line after it. */
    private static int step(List<String> lines, int begin, List<Step> steps) {
        List<String> command = new ArrayList<>();
        command.add(lines.get(begin).substring(2));
        int at = begin + 1;
        while (at < lines.size() && !lines.get(at).startsWith("----")) {
            command.add(lines.get(at++));
        }
        if (at == lines.size()) {
            throw new IllegalArgumentException("line " + (begin + 1) + ": no ---- follows");
        }
        String rule = lines.get(at++).substring(4).strip();
        List<String> expected = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).isBlank()) {
            expected.add(lines.get(at++));
        }
        steps.add(
                new Step(
                        begin + 1,
                        String.join("\n", command),
                        lines.get(begin).startsWith("~"),
                        rule.isEmpty() ? 0 : Integer.parseInt(rule),
                        new Pattern(expected)));
        return at;
    }
}
