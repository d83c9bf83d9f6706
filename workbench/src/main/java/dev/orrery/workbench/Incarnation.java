package dev.orrery.workbench;

import dev.orrery.machinery.time.Clock;
import dev.orrery.workbench.EventLoop.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One life of one component, from its start until it is killed. All that it may do to the world
 * goes through here; after {@link #kill()} it does nothing any more, however half done its work
 * was.
 */
final class Incarnation {

    private final String name;
    private final EventLoop loop;
    private final Set<Coroutine> tasks = new LinkedHashSet<>();
    private boolean alive = true;

    Incarnation(String name, EventLoop loop) {
        this.name = name;
        this.loop = loop;
    }

    boolean isAlive() {
        return alive;
    }

    /** Runs each task as a step of the loop; the task must not block. */
    Executor steps() {
        return action -> {
            if (alive) {
                loop.add(step(action));
            }
        };
    }

    /** As {@link #steps()}, but each step may have to wait first. */
    Executor lateSteps(Supplier<Duration> delay) {
        return action -> {
            if (alive) {
                Duration wait = delay.get();
                if (wait.isZero()) {
                    loop.add(step(action));
                } else {
                    loop.schedule(wait, step(action));
                }
            }
        };
    }

    /** Runs each task as a coroutine, which may block in the store client. */
    Executor tasks() {
        return task -> {
            if (alive) {
                loop.add(step(() -> begin(task)));
            }
        };
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return loop.now();
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                if (!alive) {
                    return () -> {};
                }
                EventLoop.Timed timed = loop.schedule(delay, step(task));
                return () -> loop.cancel(timed);
            }
        };
    }

    /** As {@code kill -9}: nothing is finished, nobody is told. */
    void kill() {
        alive = false;
        loop.forget(this);
        List.copyOf(tasks).forEach(Coroutine::abandon);
        tasks.clear();
    }

    private void begin(Runnable task) {
        Coroutine coroutine = Coroutine.start(task, this::resume);
        if (!coroutine.isFinished()) {
            tasks.add(coroutine);
        }
    }

    private void resume(Runnable action) {
        if (alive) {
            loop.add(
                    step(() -> {
                        action.run();
                        tasks.removeIf(Coroutine::isFinished);
                    }));
        }
    }

    private Step step(Runnable action) {
        return new Step(this, action);
    }

    @Override
    public String toString() {
        return name;
    }
}
