package dev.orrery.userland.applet;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import java.time.Duration;

/** {@code top}: what runs, again and again. */
final class Top extends Applet {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private int left = -1;
    private java.time.@org.jspecify.annotations.Nullable Instant next;

    @Override
    Step work(Task task) {
        java.time.Instant now = task.machine().host().instant();
        if (next == null) {
            String count = new Options(arguments(task), "n:d:").value('n');
            left = count != null && count.matches("\\d{1,6}") ? Integer.parseInt(count) : -1;
        } else if (now.isBefore(next)) {
            task.wakeAt(next);
            return Step.WAITING;
        }
        next = now.plus(BETWEEN);
        show(task);
        left--;
        return left == 0 ? finish() : Step.MORE;
    }

    private void show(Task task) {
        long used = task.machine().memoryBytes() / 1024;
        print(
                "Mem: "
                        + used
                        + "K used, "
                        + ((32L << 20) - used)
                        + "K free, 0K shrd, 0K buff, 0K cached\n");
        print("CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n");
        print(
                "Load average: 0.00 0.00 0.00 1/"
                        + task.machine().tasks().size()
                        + " "
                        + task.pid()
                        + "\n");
        print("  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n");
        for (Task each : task.machine().tasks()) {
            String owner = Identity.shortName(task, each.user().uid());
            print(
                    String.format(
                            "%5d %5d %-8s %-4s %5d   0%%   0   0%% %s\n",
                            each.pid(),
                            each.parentPid(),
                            owner,
                            each.equals(task) ? "R" : "S",
                            4400,
                            String.join(" ", each.arguments())));
        }
    }
}
