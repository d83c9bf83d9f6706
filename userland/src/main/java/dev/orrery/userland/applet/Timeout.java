package dev.orrery.userland.applet;

import dev.orrery.userland.Commands;
import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code timeout}: runs a command, and ends it when its time is up. */
final class Timeout extends Applet {
    private static final int TIMED_OUT = 124;

    private @Nullable Task child;
    private java.time.@Nullable Instant end;
    private int signal = Signals.TERM;
    private boolean late;

    @Override
    Step work(Task task) {
        Task running = child;
        if (running == null) {
            return begin(task);
        }
        Integer status = running.status();
        if (status != null) {
            task.reap(running);
            return finish(late ? TIMED_OUT : status);
        }
        java.time.Instant deadline = end;
        if (deadline != null && !late) {
            if (task.machine().host().instant().isBefore(deadline)) {
                task.wakeAt(deadline);
            } else {
                late = true;
                running.signal(signal);
            }
        }
        return Step.WAITING;
    }

    private Step begin(Task task) {
        List<String> words = arguments(task);
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at++);
            if (word.equals("-s") && at < words.size()) {
                Integer number = Signals.number(words.get(at++));
                signal = number == null ? signal : number;
            } else if (word.equals("-k")) {
                at++;
            }
        }
        Duration duration = at < words.size() ? Sleep.duration(words.get(at)) : null;
        if (duration == null || at + 1 >= words.size()) {
            complain(task, "usage: timeout [-s SIG] SECS PROG ARGS");
            return finish(1);
        }
        end = task.machine().host().instant().plus(duration);
        try {
            child = start(task, words.subList(at + 1, words.size()));
            return Step.MORE;
        } catch (FileException refused) {
            complain(task, "can't execute '" + words.get(at + 1) + "': " + refused.getMessage());
            return finish(127);
        }
    }

    static Task start(Task task, List<String> words) {
        Commands.Found found =
                Commands.find(
                        task.machine(), words, task.environment(), task.directory(), task.user());
        return task.spawn(found.program(), found.arguments(), task.environment());
    }

    /** {@code nohup}: becomes another command. */
    static final class Plain extends Applet {
        @Override
        Step work(Task task) {
            List<String> words = arguments(task);
            if (words.isEmpty()) {
                complain(task, "usage: " + name(task) + " PROG ARGS");
                return finish(1);
            }
            try {
                Commands.Found found =
                        Commands.find(
                                task.machine(),
                                words,
                                task.environment(),
                                task.directory(),
                                task.user());
                task.become(found.program(), found.arguments(), task.environment());
                return Step.MORE;
            } catch (FileException refused) {
                complain(task, "can't execute '" + words.getFirst() + "': " + refused.getMessage());
                return finish(127);
            }
        }
    }

    /** {@code watch}: runs a command every two seconds. */
    static final class Watch extends Applet {
        private @Nullable Task child;
        private java.time.Instant next = java.time.Instant.EPOCH;

        @Override
        Step work(Task task) {
            Task running = child;
            if (running != null && !running.exited()) {
                return Step.WAITING;
            }
            if (running != null) {
                task.reap(running);
                child = null;
            }
            java.time.Instant now = task.machine().host().instant();
            if (now.isBefore(next)) {
                task.wakeAt(next);
                return Step.WAITING;
            }
            Options options = new Options(arguments(task), "n:");
            String seconds = options.value('n');
            Duration every = seconds == null ? null : Sleep.duration(seconds);
            next = now.plus(every == null || every.isZero() ? Duration.ofSeconds(2) : every);
            child = start(task, List.of("sh", "-c", String.join(" ", options.operands())));
            return Step.MORE;
        }
    }
}
