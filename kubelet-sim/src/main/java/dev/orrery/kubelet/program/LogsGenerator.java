package dev.orrery.kubelet.program;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Writes so many lines within so long a time. */
final class LogsGenerator extends Talker {

    private static final String[] METHODS = {"GET", "POST", "PUT"};
    private static final String[] NAMESPACES = {"kube-system", "default", "ns"};
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final int lines;
    private final Duration duration;
    private int written;

    LogsGenerator(Flags flags) {
        lines = flags.number("log-lines-total", flags.number("t", 0));
        duration = GoLog.duration(flags.text("run-duration", flags.text("d", "")));
    }

    @Override
    Step work(Task task) {
        if (lines <= 0 || duration.isZero()) {
            say(
                    2,
                    "F"
                            + GoLog.klog(
                                            task,
                                            "logs_generator.go:68",
                                            lines <= 0
                                                    ? "Invalid total number of lines: " + lines
                                                    : "Invalid duration: 0s")
                                    .substring(1));
            return finish(255);
        }
        var due = task.started().plus(duration.dividedBy(lines).multipliedBy(written));
        if (GoLog.now(task).isBefore(due)) {
            task.wakeAt(due);
            return Step.WAITING;
        }
        if (written == lines) {
            return finish(0);
        }
        say(2, GoLog.klog(task, "logs_generator.go:76", line(task.machine().host().random())));
        written++;
        return Step.MORE;
    }

    private String line(RandomGenerator random) {
        StringBuilder pod = new StringBuilder();
        for (int i = random.nextInt(3, 5); i > 0; i--) {
            pod.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return written
                + " "
                + METHODS[random.nextInt(METHODS.length)]
                + " /api/v1/namespaces/"
                + NAMESPACES[random.nextInt(NAMESPACES.length)]
                + "/pods/"
                + pod
                + " "
                + random.nextInt(200, 600);
    }
}
