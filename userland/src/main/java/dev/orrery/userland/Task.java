package dev.orrery.userland;

import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A process: a program with its descriptors, directory, environment and children. Everything but
 * {@link #wake} belongs to the machine's lane.
 */
public final class Task implements Waiter {
    private final Machine machine;
    private final int pid;
    private final @Nullable Task parent;
    private final Instant started;
    private final TreeMap<Integer, OpenFile> files = new TreeMap<>();
    private final TreeMap<Integer, Task> children = new TreeMap<>();
    private final List<IntConsumer> exitListeners = new ArrayList<>();
    private final List<Runnable> cleanups = new ArrayList<>();
    private List<String> arguments;
    private Map<String, String> environment;
    private Program program;
    private String directory;
    private User user;
    private int umask = 022;
    private @Nullable Terminal terminal;
    private @Nullable Integer status;
    private Runnable timer = () -> {};
    boolean queued;
    long memoryBytes;

    Task(
            Machine machine,
            int pid,
            @Nullable Task parent,
            Program program,
            List<String> arguments,
            Map<String, String> environment,
            String directory,
            User user,
            Instant started) {
        this.machine = machine;
        this.pid = pid;
        this.parent = parent;
        this.program = program;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.user = user;
        this.started = started;
    }

    public Machine machine() {
        return machine;
    }

    public int pid() {
        return pid;
    }

    public int parentPid() {
        return parent == null ? 0 : parent.pid;
    }

    public Instant started() {
        return started;
    }

    public List<String> arguments() {
        return arguments;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public String directory() {
        return directory;
    }

    public void directory(String path) {
        directory = path;
    }

    public User user() {
        return user;
    }

    public int umask() {
        return umask;
    }

    public void umask(int mask) {
        umask = mask & 0777;
    }

    public @Nullable Terminal terminal() {
        return terminal;
    }

    void terminal(@Nullable Terminal tty) {
        terminal = tty;
    }

    /** The path as the file system wants it: from the root. */
    public String absolute(String path) {
        if (path.isEmpty()) {
            throw new FileException(Errno.ENOENT);
        }
        return path.startsWith("/")
                ? path
                : directory.equals("/") ? "/" + path : directory + "/" + path;
    }

    // Descriptors

    public void open(int descriptor, OpenFile file) {
        OpenFile before = files.put(descriptor, file);
        if (before != null) {
            before.release();
        }
    }

    public void close(int descriptor) {
        OpenFile before = files.remove(descriptor);
        if (before != null) {
            before.release();
        }
    }

    public @Nullable OpenFile file(int descriptor) {
        return files.get(descriptor);
    }

    public SortedMap<Integer, OpenFile> files() {
        return files;
    }

    private Channel channel(int descriptor) {
        OpenFile file = files.get(descriptor);
        if (file == null) {
            throw new FileException(Errno.EBADF);
        }
        return file.channel();
    }

    public int read(int descriptor, byte[] into) {
        return channel(descriptor).read(into, this);
    }

    public int write(int descriptor, byte[] from, int offset, int count) {
        return channel(descriptor).write(from, offset, count, this);
    }

    public boolean isTerminal(int descriptor) {
        OpenFile file = files.get(descriptor);
        return file != null && file.channel().isTerminal();
    }

    /** Opens a path, or a device that stands for one of the task's own descriptors. */
    public OpenFile open(
            String path, boolean write, boolean append, boolean truncate, boolean mayExist) {
        FileSystem fileSystem = machine.files();
        Node node =
                write
                        ? fileSystem.writable(absolute(path), 0666 & ~umask, mayExist, user)
                        : fileSystem.readable(absolute(path), user);
        int own = node instanceof Device device ? device.kind().descriptor() : -1;
        OpenFile ownFile = files.get(own);
        if (ownFile != null) {
            return ownFile.share();
        }
        if (truncate && node instanceof RegularFile file) {
            file.truncate(0);
        }
        return new OpenFile(new FileChannel(node, append, machine.host().random()));
    }

    // Life

    Step step() {
        return program.step(this);
    }

    /** Goes on as another program, as exec(2) does. */
    public void become(
            Program next, List<String> newArguments, Map<String, String> newEnvironment) {
        program = next;
        arguments = List.copyOf(newArguments);
        environment = Map.copyOf(newEnvironment);
        wake();
    }

    /** A child with the same descriptors, directory and user. It runs when this step is over. */
    public Task spawn(
            Program childProgram,
            List<String> childArguments,
            Map<String, String> childEnvironment) {
        Task child =
                machine.create(
                        this, childProgram, childArguments, childEnvironment, directory, user);
        files.forEach((number, file) -> child.files.put(number, file.share()));
        child.umask = umask;
        child.terminal = terminal;
        children.put(child.pid, child);
        return child;
    }

    @Override
    public void wake() {
        machine.post(() -> machine.queue(this));
    }

    /** Asks to be woken at that time, instead of at any other asked for before. */
    public void wakeAt(Instant time) {
        timer.run();
        timer =
                machine.host()
                        .after(
                                java.time.Duration.between(machine.host().instant(), time),
                                this::wake);
    }

    /** Runs when the task is over, however it ends. */
    public void whenOver(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    void onExit(IntConsumer listener) {
        exitListeners.add(listener);
    }

    public boolean exited() {
        return status != null;
    }

    /** The exit code, if the task has exited. */
    public @Nullable Integer status() {
        return status;
    }

    public SortedMap<Integer, Task> children() {
        return children;
    }

    /** Takes note of a child's end, so that its number is free again. */
    public void reap(Task child) {
        children.remove(child.pid);
        machine.forget(child);
    }

    public void signal(int signal) {
        if (exited() || (signal != Signals.KILL && program.signal(this, signal))) {
            return;
        }
        // As in a pid namespace: its first process gets only the signals that it handles.
        if (!Signals.harmless(signal) && (pid != 1 || signal == Signals.KILL)) {
            exit(128 + signal);
        }
    }

    public void exit(int code) {
        if (exited()) {
            return;
        }
        status = code & 0xff;
        timer.run();
        files.values().forEach(OpenFile::release);
        files.clear();
        cleanups.forEach(Runnable::run);
        cleanups.clear();
        children.values().forEach(child -> machine.orphan(child));
        children.clear();
        machine.exited(this, parent);
        exitListeners.forEach(listener -> listener.accept(code & 0xff));
    }
}
