package dev.orrery.userland.shell;

import dev.orrery.userland.Program;
import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter. The commands under way are a stack of frames; a step of the shell is a step of
 * the topmost one, so the shell can stop anywhere and no thread waits for it. A subshell is a task
 * of its own with a copy of the variables, functions and options.
 */
public final class Shell implements Program {
    private static final int DEEPEST = 4_000;

    private static final class Printed {
        private final int descriptor;
        private final byte[] bytes;

        Printed(int descriptor, byte[] bytes) {
            this.descriptor = descriptor;
            this.bytes = bytes;
        }

        int descriptor() {
            return descriptor;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Deque<Printed> printed = new ArrayDeque<>();
    private final Map<String, Variable> variables = new TreeMap<>();
    private final Map<String, Command> functions = new HashMap<>();
    private final Map<Integer, String> traps = new TreeMap<>();
    private final Deque<Integer> pending = new ArrayDeque<>();
    private final Set<Character> options = new HashSet<>();
    private List<String> positional = List.of();
    private String name = "sh";
    private @Nullable Task task;
    private @Nullable Task lastBackground;
    private int printedOffset;
    private int status;
    private int substituted;
    private int tests;
    private int line = 1;
    private boolean interactive;
    private boolean exiting;

    /** A shell that takes what to do from its task's arguments. */
    public Shell() {}

    private Shell(Shell parent, Command body) {
        variables.putAll(parent.variables);
        functions.putAll(parent.functions);
        parent.traps.forEach((signal, action) -> {
            if (action.isEmpty()) {
                traps.put(signal, action);
            }
        });
        options.addAll(parent.options);
        positional = parent.positional;
        name = parent.name;
        status = parent.status;
        tests = parent.tests;
        line = parent.line;
        lastBackground = parent.lastBackground;
        frames.push(Frame.of(body));
    }

    Task task() {
        if (task == null) {
            throw new IllegalStateException("the shell has not been started");
        }
        return task;
    }

    @Override
    public Step step(Task self) {
        boolean first = task == null;
        task = self;
        try {
            if (first && frames.isEmpty()) {
                Startup.begin(this, self);
            }
            if (!flush()) {
                return Step.WAITING;
            }
            runTraps();
            Frame top = frames.peek();
            if (top == null) {
                finish();
                return Step.MORE;
            }
            return top.step(this);
        } catch (Unwound unwound) {
            return Step.MORE;
        } catch (SyntaxError error) {
            line = error.line();
            complain(String.valueOf(error.getMessage()));
            failed(2);
        } catch (ShellError error) {
            complain(String.valueOf(error.getMessage()));
            failed(2);
        } catch (FileException refused) {
            if (refused.errno() == Errno.EPIPE) {
                self.exit(128 + Signals.PIPE);
                return Step.WAITING;
            }
            complain(
                    refused.errno() == Errno.EAGAIN
                            ? "Cannot fork"
                            : String.valueOf(refused.getMessage()));
            failed(2);
        }
        return Step.MORE;
    }

    private void failed(int code) {
        status = code;
        if (interactive) {
            unwind(InputFrame.class::isInstance, false);
        } else {
            exit(code);
        }
    }

    // Frames

    Step push(Frame frame) {
        if (frames.size() >= DEEPEST) {
            throw new ShellError("Maximum function recursion depth (1000) reached");
        }
        frames.push(frame);
        return Step.MORE;
    }

    Step done(Frame frame) {
        frames.pop();
        frame.end(this);
        return Step.MORE;
    }

    @Nullable Frame nearest(Predicate<Frame> kind) {
        return frames.stream().filter(kind).findFirst().orElse(null);
    }

    /** Leaves the frames above the nearest one of a kind, and that one too if asked. */
    boolean unwind(Predicate<Frame> kind, boolean inclusive) {
        Frame target = nearest(kind);
        if (target == null) {
            return false;
        }
        while (!target.equals(frames.peek())) {
            frames.pop().end(this);
        }
        if (inclusive) {
            done(target);
        }
        return true;
    }

    void exit(int code) {
        while (!frames.isEmpty()) {
            frames.pop().end(this);
        }
        status = code;
    }

    private void finish() {
        String action = exiting ? null : traps.get(0);
        exiting = true;
        if (action == null || action.isEmpty()) {
            task().exit(status);
        } else {
            push(new TrapFrame(action, status));
        }
    }

    /** Under set -e a command that failed ends the shell, unless its status is being tested. */
    void checkFailure() {
        if (status != 0 && option('e') && tests == 0) {
            exit(status);
            throw new Unwound();
        }
    }

    /** The frames were left in the middle of one's step. */
    static final class Unwound extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwound() {
            super(null, null, false, false);
        }
    }

    Task fork(Command body) {
        return task().spawn(new Shell(this, body), task().arguments(), environment());
    }

    // Signals

    @Override
    public boolean signal(Task self, int signal) {
        String action = traps.get(signal);
        if (action == null && interactive) {
            if (signal == Signals.INT) {
                pending.add(signal);
            }
            self.wake();
            return signal == Signals.INT || signal == Signals.TERM || signal == 3;
        }
        if (action != null && !action.isEmpty()) {
            pending.add(signal);
            self.wake();
        }
        return action != null;
    }

    private void runTraps() {
        if (pending.isEmpty()
                || frames.peek() instanceof Children.Wait
                || (frames.peek() instanceof Children.Pipeline && interactive)) {
            return;
        }
        int signal = pending.poll();
        String action = traps.get(signal);
        if (action == null) {
            interrupted();
            return;
        }
        if (frames.peek() instanceof WaitFrame wait) {
            done(wait);
            status = 128 + signal;
        }
        push(new TrapFrame(action, status));
    }

    private void interrupted() {
        if (unwind(InputFrame.class::isInstance, false)
                && frames.peek() instanceof InputFrame input) {
            input.interrupt();
            status = 130;
        }
    }

    /** Runs a trap's action and leaves the status as it was. */
    private static final class TrapFrame implements Frame {
        private final String action;
        private final int before;
        private boolean ran;

        TrapFrame(String action, int before) {
            this.action = action;
            this.before = before;
        }

        @Override
        public Step step(Shell shell) {
            if (!ran) {
                ran = true;
                return shell.push(Frame.of(Parser.parse(action)));
            }
            shell.status(before);
            return shell.done(this);
        }
    }

    Map<Integer, String> traps() {
        return traps;
    }

    // Output

    void print(int descriptor, String text) {
        if (!text.isEmpty()) {
            printed.add(new Printed(descriptor, Raw.bytes(text)));
        }
    }

    void complain(String message) {
        String where =
                task().machine().programs().isBusybox()
                        ? ": "
                        : isBash() ? ": line " + line + ": " : ": " + line + ": ";
        print(2, name + where + message + "\n");
    }

    private boolean flush() {
        for (Printed next = printed.peek(); next != null; next = printed.peek()) {
            int count;
            try {
                count =
                        task().write(
                                        next.descriptor(),
                                        next.bytes(),
                                        printedOffset,
                                        next.bytes().length - printedOffset);
            } catch (FileException refused) {
                if (refused.errno() == Errno.EPIPE) {
                    throw refused;
                }
                count = next.bytes().length;
                status = 1;
            }
            if (count == 0) {
                return false;
            }
            printedOffset += count;
            if (printedOffset >= next.bytes().length) {
                printed.poll();
                printedOffset = 0;
            }
        }
        return true;
    }

    void trace(Map<String, String> assignments, List<String> arguments) {
        if (option('x')) {
            List<String> words = new ArrayList<>();
            assignments.forEach((variable, value) -> words.add(variable + "=" + value));
            words.addAll(arguments);
            print(2, "+ " + String.join(" ", words) + "\n");
        }
    }

    // State

    int status() {
        return status;
    }

    void status(int code) {
        status = code;
    }

    void substituted(int code) {
        substituted = code;
    }

    int takeSubstituted() {
        int code = substituted;
        substituted = 0;
        return code;
    }

    void testing(int change) {
        tests += change;
    }

    void line(int number) {
        line = number;
    }

    boolean interactive() {
        return interactive;
    }

    void interactive(boolean yes) {
        interactive = yes;
    }

    void name(String newName) {
        name = newName;
    }

    String name() {
        return name;
    }

    boolean isDash() {
        return !isBash() && !task().machine().programs().isBusybox();
    }

    boolean isBash() {
        return task().arguments().getFirst().endsWith("bash");
    }

    Set<Character> options() {
        return options;
    }

    boolean option(char letter) {
        return options.contains(letter);
    }

    Map<String, Command> functions() {
        return functions;
    }

    List<String> positional() {
        return positional;
    }

    void positional(List<String> parameters) {
        positional = List.copyOf(parameters);
    }

    void background(Task child) {
        lastBackground = child;
    }

    String separators() {
        String value = get("IFS");
        return value == null ? " \t\n" : value;
    }

    String prompt() {
        String format = get("PS1");
        boolean root = task().user().uid() == 0;
        if (format == null) {
            boolean busybox = task().machine().programs().isBusybox();
            format = isBash() ? "\\u@\\h:\\w\\$ " : busybox ? "\\w \\$ " : "\\$ ";
        }
        String home = get("HOME");
        String directory = task().directory();
        String shown = home != null && directory.equals(home) ? "~" : directory;
        return format.replace("\\u", root ? "root" : "I have no name!")
                .replace("\\h", Raw.of(task().machine().hostname()))
                .replace("\\w", shown)
                .replace("\\$", root ? "#" : "$");
    }

    // Variables

    Map<String, Variable> variables() {
        return variables;
    }

    Variable variable(String variable) {
        return variables.getOrDefault(variable, Variable.NONE);
    }

    @Nullable String get(String variable) {
        char first = variable.charAt(0);
        if (Character.isDigit(first)) {
            int index = variable.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(variable);
            return index == 0
                    ? name
                    : index <= positional.size() ? positional.get(index - 1) : null;
        }
        return switch (variable) {
            case "?" -> Integer.toString(status);
            case "#" -> Integer.toString(positional.size());
            case "$" -> Integer.toString(shellPid());
            case "!" -> lastBackground == null ? null : Integer.toString(lastBackground.pid());
            case "-" -> options.stream().sorted().map(String::valueOf).reduce("", String::concat);
            default -> variable(variable).value();
        };
    }

    private int shellPid() {
        String value = variable(" pid").value();
        return value == null ? task().pid() : Integer.parseInt(value);
    }

    void set(String variable, String value) {
        Variable old = variable(variable);
        if (old.readonly()) {
            throw new ShellError(variable + ": is read only");
        }
        put(variable, new Variable(value, old.exported() || option('a'), false));
    }

    /** An array's first element is the variable itself; the others are kept beside it. */
    static String element(String array, long index) {
        return index == 0 ? array : array + "[" + index + "]";
    }

    void array(String array, List<String> elements) {
        forgetElements(array);
        set(array, elements.isEmpty() ? "" : elements.getFirst());
        if (elements.isEmpty()) {
            put(array, Variable.NONE);
        }
        for (int i = 1; i < elements.size(); i++) {
            put(element(array, i), new Variable(elements.get(i), false, false));
        }
    }

    void forgetElements(String array) {
        for (int i = 1; variables.containsKey(element(array, i)); i++) {
            put(element(array, i), Variable.NONE);
            variables.remove(element(array, i));
        }
    }

    List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        String value = variable(array).value();
        for (int i = 1; value != null; i++) {
            elements.add(value);
            value = variable(element(array, i)).value();
        }
        return elements;
    }

    void put(String variable, Variable next) {
        String old = variable(variable).value();
        String value = next.value();
        int change = (value == null ? 0 : value.length()) - (old == null ? 0 : old.length());
        variables.put(variable, next);
        task().machine().charge(task(), change);
    }

    void restore(String variable, Variable old) {
        if (old.equals(Variable.NONE)) {
            variables.remove(variable);
        } else {
            variables.put(variable, old);
        }
    }

    Map<String, String> environment() {
        Map<String, String> exported = new HashMap<>();
        variables.forEach((variable, held) -> {
            if (held.exported() && held.value() != null) {
                exported.put(variable, held.value());
            }
        });
        return exported;
    }

    /** A script's text. */
    String script(String path) {
        if (task().machine().files().readable(task().absolute(path), task().user())
                instanceof RegularFile file) {
            byte[] content = file.content();
            return Raw.of(content, 0, content.length);
        }
        throw new FileException(Errno.EISDIR);
    }
}
