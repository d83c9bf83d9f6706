package dev.orrery.kubelet.program;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes memory, as far as anybody can see, and holds it. */
final class Stress extends Talker {

    private @Nullable Instant end;
    private boolean begun;

    @Override
    Step work(Task task) {
        Instant now = GoLog.now(task);
        if (!begun) {
            begun = true;
            begin(task, now);
            return Step.MORE;
        }
        if (end == null) {
            return Step.WAITING;
        }
        if (now.isBefore(end)) {
            task.wakeAt(end);
            return Step.WAITING;
        }
        say("stress: info: [" + task.pid() + "] successful run completed\n");
        return finish(0);
    }

    private void begin(Task task, Instant now) {
        List<String> words = task.arguments();
        Flags flags = new Flags(words.subList(1, words.size()), Set.of());
        int workers = flags.number("vm", flags.number("m", 0));
        int cpus = flags.number("cpu", flags.number("c", 0));
        say(
                "stress: info: ["
                        + task.pid()
                        + "] dispatching hogs: "
                        + cpus
                        + " cpu, 0 io, "
                        + workers
                        + " vm, 0 hdd\n");
        long seconds = GoLog.duration(flags.text("timeout", flags.text("t", ""))).toSeconds();
        end = seconds > 0 ? now.plusSeconds(seconds) : null;
        task.machine().pretend(task, workers * bytes(flags.text("vm-bytes", "256M")));
    }

    private static long bytes(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!upper.matches("\\d{1,9}[BKMG]?")) {
            return 0;
        }
        long number = Long.parseLong(upper.replaceAll("[BKMG]", ""));
        return switch (upper.charAt(upper.length() - 1)) {
            case 'K' -> number << 10;
            case 'M' -> number << 20;
            case 'G' -> number << 30;
            default -> number;
        };
    }
}
