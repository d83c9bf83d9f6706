package dev.orrery.userland;

import dev.orrery.userland.applet.Applets;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A host on a virtual clock, run by the test's own thread, and machines upon it. */
final class Bench implements Host {
    private record Timer(Instant at, long order, Runnable task) {}

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::order));
    private final Random random = new Random(7);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;
    private final Applets programs;

    Bench() {
        this(new Applets());
    }

    Bench(Applets programs) {
        this.programs = programs;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Timer timer = new Timer(now.plus(delay), order++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Runs what is due within the time, and then lets the clock stand there. */
    void run(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            Timer next = timers.peek();
            if (next == null || next.at().isAfter(end)) {
                now = end;
                return;
            }
            timers.poll();
            now = next.at();
            next.task().run();
        }
    }

    Machine machine() {
        return new Machine(
                "web-0", this, Limits.DEFAULT, programs, new Loopback("10.0.0.1"), this::files);
    }

    private FileSystem files() {
        FileSystem files =
                new FileSystem(
                        new Volume("overlay", "overlay", 1L << 30, this).root().volume(), false);
        new Applets().names().forEach(name -> files.program("/bin/" + name, name));
        files.makeDirectories("/tmp");
        files.device("/dev/null", Device.Kind.NULL);
        files.device("/dev/zero", Device.Kind.ZERO);
        return files;
    }

    /** What a script printed on both outputs, and its exit code on a last line. */
    String sh(String script) {
        StringBuilder out = new StringBuilder();
        Sink sink = bytes -> out.append(Raw.text(Raw.of(bytes, 0, bytes.length))) != null;
        Session process =
                machine()
                        .start(
                                new Exec(
                                        List.of("sh", "-c", script),
                                        Map.of(),
                                        "/",
                                        User.ROOT,
                                        false,
                                        false,
                                        sink,
                                        sink));
        process.exit().thenAccept(code -> out.append("[").append(code).append("]"));
        run(Duration.ofMinutes(5));
        return out.toString();
    }
}
