package dev.orrery.kubelet.program;

import dev.orrery.kubelet.image.ProgramSpec;
import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.http.HttpServer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python, node, perl and their like, as far as small examples go: what is given on the command line
 * may print literals, sleep and exit. A script in a file is taken for a server; without either, and
 * without input, an interpreter ends well.
 */
final class Scripts extends Talker {

    private static final Pattern STATEMENT =
            Pattern.compile(
                    "(?:print|console\\.log|puts|say)\\s*\\(?\\s*(?:\"([^\"]*)\"|'([^']*)'|([\\w.]+\\([^()]*\\)|[\\d.]+))\\s*\\)?"
                            + "|(?:time\\.)?sleep\\s*\\(?\\s*(\\d+(?:\\.\\d+)?)\\s*\\)?"
                            + "|(?:sys\\.exit|process\\.exit|exit)\\s*\\(?\\s*(\\d*)\\s*\\)?");
    private static final Pattern PI = Pattern.compile("bpi\\((\\d{1,4})\\)");

    /** The digits of pi take a moment. */
    private static final int COMPUTING_MILLIS = 2000;

    private sealed interface Act {}

    private record Print(String text) implements Act {}

    private record Sleep(long millis) implements Act {}

    private record Exit(int code) implements Act {}

    private final ProgramSpec spec;
    private final Deque<Act> acts = new ArrayDeque<>();
    private boolean begun;
    private boolean serves;
    private @Nullable HttpServer http;
    private @Nullable Instant until;

    Scripts(ProgramSpec spec) {
        this.spec = spec;
    }

    @Override
    Step work(Task task) {
        if (!begun) {
            begun = true;
            begin(task);
            return Step.MORE;
        }
        if (until != null) {
            if (GoLog.now(task).isBefore(until)) {
                task.wakeAt(until);
                return Step.WAITING;
            }
            until = null;
        }
        if (http != null) {
            http.advance();
        }
        if (serves && isQuiet()) {
            return Step.WAITING;
        }
        return act(task);
    }

    private Step act(Task task) {
        Act next = acts.poll();
        return switch (next) {
            case null -> finish(0);
            case Print(String text) -> {
                say(text + "\n");
                yield Step.MORE;
            }
            case Sleep(long millis) -> {
                until = GoLog.now(task).plusMillis(millis);
                yield Step.MORE;
            }
            case Exit(int code) -> finish(code);
        };
    }

    private void begin(Task task) {
        List<String> words = task.arguments();
        int code = -1;
        for (int i = 1; i < words.size() && code < 0; i++) {
            code = words.get(i).matches("-[a-zA-Z]*[ceE]|--eval|-p") ? i + 1 : -1;
        }
        if (code > 0 && code < words.size()) {
            read(words.get(code));
        } else if (words.contains("http.server")) {
            serveFiles(
                    task,
                    words.getLast().matches("\\d{2,5}") ? Integer.parseInt(words.getLast()) : 8000);
        } else if (words.size() > 1
                && words.stream().anyMatch(word -> word.matches("-?-v(ersion)?|-V"))) {
            say(spec.output());
        } else if (words.size() > 1) {
            runFile(task, words);
        }
    }

    private void read(String code) {
        Matcher pi = PI.matcher(code);
        if (pi.find()) {
            acts.add(new Sleep(COMPUTING_MILLIS));
            acts.add(new Print(Pi.digits(Integer.parseInt(pi.group(1)))));
            return;
        }
        Matcher statement = STATEMENT.matcher(code);
        while (statement.find()) {
            if (statement.group(4) != null) {
                acts.add(new Sleep(Math.round(Double.parseDouble(statement.group(4)) * 1000)));
            } else if (statement.group(5) != null) {
                String number = statement.group(5);
                acts.add(new Exit(number.isEmpty() ? 0 : Integer.parseInt(number) & 0xff));
            } else {
                String text = statement.group(1) != null ? statement.group(1) : statement.group(2);
                acts.add(
                        new Print(
                                (text == null ? String.valueOf(statement.group(3)) : text)
                                        .replaceAll("\\\\n$", "")
                                        .replace("\\n", "\n")));
            }
        }
    }

    private void serveFiles(Task task, int port) {
        serves = true;
        StaticFiles files = new StaticFiles(task.directory().equals("/") ? "" : task.directory());
        HttpServer server = new HttpServer(task, exchange -> files.answer(task, exchange));
        server.listen(port);
        http = server;
        say("Serving HTTP on 0.0.0.0 port " + port + " (http://0.0.0.0:" + port + "/) ...\n");
    }

    private void runFile(Task task, List<String> words) {
        String script =
                words.stream().skip(1).filter(word -> !word.startsWith("-")).findFirst().orElse("");
        if (script.isEmpty()
                || task.machine().files().find(task.absolute(script), task.user()) != null) {
            serves = !script.isEmpty();
            return;
        }
        String name = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        say(
                2,
                name
                        + ": can't open file '"
                        + task.absolute(script)
                        + "': [Errno 2] No such file or directory\n");
        acts.add(new Exit(2));
    }

    @Override
    public boolean signal(Task task, int signal) {
        Integer code = spec.termCode();
        if (signal != Signals.TERM || code == null) {
            return false;
        }
        acts.clear();
        acts.add(new Exit(code));
        serves = false;
        until = null;
        task.wake();
        return true;
    }
}
