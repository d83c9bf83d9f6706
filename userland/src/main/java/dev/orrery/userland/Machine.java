package dev.orrery.userland;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.User;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A container's inside: processes, files, a host name. It has no thread: what happens to it is
 * posted to its lane, which the host's executor works off, one slice at a time. The first process
 * is number 1; when it ends, all others are killed. The file system is made when it is first used.
 */
public final class Machine {
    private final String hostname;
    private final Host host;
    private volatile Limits limits;
    private final Programs programs;
    private final Network network;
    private final Supplier<FileSystem> makeFiles;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Deque<Task> ready = new ArrayDeque<>();
    private final TreeMap<Integer, Task> tasks = new TreeMap<>();
    private volatile @Nullable FileSystem files;
    private volatile boolean outOfMemory;
    private final java.util.concurrent.atomic.AtomicLong steps =
            new java.util.concurrent.atomic.AtomicLong();
    private long memoryBytes;
    private long pretendedBytes;
    private int lastPid;
    private volatile Map<String, String> settings = Map.of();
    private volatile boolean noNewPrivileges;

    public Machine(
            String hostname,
            Host host,
            Limits limits,
            Programs programs,
            Network network,
            Supplier<FileSystem> files) {
        this.hostname = hostname;
        this.host = host;
        this.limits = limits;
        this.programs = programs;
        this.network = network;
        this.makeFiles = files;
    }

    public String hostname() {
        return hostname;
    }

    public Host host() {
        return host;
    }

    public Limits limits() {
        return limits;
    }

    /** Other limits hold from now on; what is used beyond them is found out with the next use. */
    public void limits(Limits changed) {
        limits = changed;
    }

    public Programs programs() {
        return programs;
    }

    public Network network() {
        return network;
    }

    /** What the kernel is set to, as far as it differs from the usual; null: it does not. */
    public @Nullable String setting(String name) {
        return settings.get(name);
    }

    /** Sets the kernel's settings, before anything runs. */
    public void settings(Map<String, String> changed) {
        settings = Map.copyOf(changed);
    }

    /** Whether a program cannot become more than who started it. */
    public boolean noNewPrivileges() {
        return noNewPrivileges;
    }

    /** Decides that for all that will run. */
    public void noNewPrivileges(boolean none) {
        noNewPrivileges = none;
    }

    /** Steps taken since the start: what stands for processor time. */
    public long steps() {
        return steps.get();
    }

    public synchronized FileSystem files() {
        FileSystem made = files;
        if (made == null) {
            made = makeFiles.get();
            files = made;
        }
        return made;
    }

    /** Whether anything ever needed the files. */
    public boolean hasFiles() {
        return files != null;
    }

    /** Whether a task passed the memory limit and was killed for it. */
    public boolean outOfMemory() {
        return outOfMemory;
    }

    /**
     * Starts a process. Throws at once the FileException of a command that cannot be run; what it
     * does then happens on the machine's lane.
     */
    public Session start(Exec exec) {
        List<String> command = exec.command().stream().map(Raw::of).toList();
        Map<String, String> environment = new HashMap<>();
        exec.environment().forEach((name, value) -> environment.put(Raw.of(name), Raw.of(value)));
        return start(
                exec,
                Commands.find(this, command, environment, exec.directory(), exec.user()),
                environment,
                host.instant());
    }

    /**
     * Starts the first process, which is number 1 and may have begun in the past.
     *
     * @param otherwise what a command runs for which there is no program; null: nothing does
     */
    public Session boot(Exec exec, Instant startedAt, @Nullable Program otherwise) {
        List<String> command = exec.command().stream().map(Raw::of).toList();
        Map<String, String> environment = new HashMap<>();
        exec.environment().forEach((name, value) -> environment.put(Raw.of(name), Raw.of(value)));
        Commands.Found found;
        try {
            found = Commands.find(this, command, environment, exec.directory(), exec.user());
        } catch (FileException refused) {
            if (otherwise == null || refused.errno() != Errno.ENOENT) {
                throw refused;
            }
            found = new Commands.Found(otherwise, command);
        }
        return start(exec, found, environment, startedAt);
    }

    private Session start(
            Exec exec, Commands.Found found, Map<String, String> environment, Instant startedAt) {
        Input input = new Input(exec.terminal());
        SinkChannel stdout = new SinkChannel(exec.stdout(), exec.terminal());
        SinkChannel stderr = exec.terminal() ? stdout : new SinkChannel(exec.stderr(), false);
        Terminal terminal = exec.terminal() ? new Terminal(this, input, exec.stdout()) : null;
        Task task = launch(found, environment, exec.directory(), exec.user(), startedAt);
        task.terminal(terminal);
        task.open(0, new OpenFile(input));
        task.open(1, new OpenFile(stdout));
        task.open(2, new OpenFile(stderr));
        if (!exec.stdin()) {
            input.end();
        }
        Session process = new Session(this, task, input, stdout, stderr, terminal);
        post(() -> begin(task));
        return process;
    }

    /** Kills all that runs. */
    public void stop() {
        post(() -> tasks().forEach(task -> task.signal(Signals.KILL)));
    }

    private synchronized Task launch(
            Commands.Found found,
            Map<String, String> environment,
            String directory,
            User user,
            Instant startedAt) {
        return new Task(
                this,
                ++lastPid,
                null,
                found.program(),
                found.arguments(),
                environment,
                directory,
                user,
                startedAt);
    }

    private void begin(Task task) {
        tasks.put(task.pid(), task);
        queue(task);
    }

    Task create(
            Task parent,
            Program program,
            List<String> arguments,
            Map<String, String> environment,
            String directory,
            User user) {
        if (tasks.size() >= limits.processes()) {
            throw new FileException(Errno.EAGAIN);
        }
        int pid;
        synchronized (this) {
            pid = ++lastPid;
        }
        Task task =
                new Task(
                        this,
                        pid,
                        parent,
                        program,
                        arguments,
                        environment,
                        directory,
                        user,
                        host.instant());
        tasks.put(pid, task);
        post(() -> queue(task));
        return task;
    }

    public Collection<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    public @Nullable Task task(int pid) {
        return tasks.get(pid);
    }

    // The lane

    /** Does something on the machine's lane, soon; from any thread. */
    public void post(Runnable action) {
        inbox.add(action);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            host.execute(this::slice);
        }
    }

    void queue(Task task) {
        if (!task.queued && !task.exited()) {
            task.queued = true;
            ready.add(task);
        }
    }

    private void slice() {
        int left = limits.stepsPerSlice();
        while (left > 0) {
            for (Runnable action = inbox.poll(); action != null; action = inbox.poll()) {
                action.run();
            }
            Task task = ready.poll();
            if (task == null) {
                break;
            }
            left -= turn(task, Math.min(left, 100));
        }
        steps.addAndGet(limits.stepsPerSlice() - left);
        if (left <= 0) {
            host.after(limits.pause(), () -> host.execute(this::slice));
            return;
        }
        scheduled.set(false);
        if (!inbox.isEmpty()) {
            schedule();
        }
    }

    private int turn(Task task, int most) {
        task.queued = false;
        for (int taken = 1; taken <= most; taken++) {
            if (task.exited()) {
                return taken;
            }
            if (step(task) == Step.WAITING) {
                return taken;
            }
        }
        queue(task);
        return most;
    }

    private Step step(Task task) {
        try {
            return task.step();
        } catch (FileException unhandled) {
            task.exit(unhandled.errno() == Errno.EPIPE ? 128 + Signals.PIPE : 1);
            return Step.WAITING;
        } catch (StackOverflowError | RuntimeException crashed) {
            // A fault of a program here is what a fault of memory is there; the others go on.
            task.exit(139);
            return Step.WAITING;
        }
    }

    /** Counts what a task keeps until it is over; passing the limit kills all that runs. */
    public void charge(Task task, long bytes) {
        memoryBytes += bytes;
        task.memoryBytes += bytes;
        if (memoryBytes > limits.memoryBytes() && bytes > 0 && !outOfMemory) {
            killForMemory(task);
        }
    }

    /** A task acts as if it took memory; what all pretend counts with what is really held. */
    public void pretend(Task task, long bytes) {
        pretendedBytes += bytes;
        task.whenOver(() -> pretendedBytes -= bytes);
        if (pretendedBytes + memoryBytes > limits.pretendedBytes()) {
            killForMemory(task);
        }
    }

    private void killForMemory(Task task) {
        outOfMemory = true;
        task.exit(128 + Signals.KILL);
        tasks().forEach(other -> other.signal(Signals.KILL));
    }

    public long memoryBytes() {
        return memoryBytes + pretendedBytes;
    }

    // Ends

    void exited(Task task, @Nullable Task parent) {
        memoryBytes -= task.memoryBytes;
        task.memoryBytes = 0;
        if (task.pid() == 1) {
            for (Task other : tasks()) {
                other.signal(Signals.KILL);
            }
            tasks.clear();
        } else if (parent == null || parent.exited()) {
            forget(task);
        } else {
            parent.signal(Signals.CHLD);
            parent.wake();
        }
    }

    void orphan(Task task) {
        if (task.exited()) {
            forget(task);
        }
    }

    void forget(Task task) {
        tasks.remove(task.pid());
    }

    void signalTerminal(Terminal terminal, int signal) {
        for (Task task : tasks()) {
            if (task.terminal() == terminal) {
                task.signal(signal);
            }
        }
    }
}
