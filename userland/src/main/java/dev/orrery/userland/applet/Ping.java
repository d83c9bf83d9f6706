package dev.orrery.userland.applet;

import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.network.Resolver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ping}: once a second, whether there is anybody. */
final class Ping extends Applet {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private String host = "";
    private @Nullable String address;
    private long count = Long.MAX_VALUE;
    private long sent;
    private long heard;
    private @Nullable Instant next;
    private boolean interrupted;

    @Override
    public boolean signal(Task task, int signal) {
        if (signal != Signals.INT) {
            return false;
        }
        interrupted = true;
        task.wake();
        return true;
    }

    @Override
    Step work(Task task) {
        if (address == null) {
            return begin(task);
        }
        Instant now = task.machine().host().instant();
        if (interrupted || sent >= count) {
            return end();
        }
        if (next != null && now.isBefore(next)) {
            task.wakeAt(next);
            return Step.WAITING;
        }
        if (task.machine().network().reachable(address)) {
            heard++;
            print("64 bytes from " + address + ": seq=" + sent + " ttl=64 time=0.080 ms\n");
        }
        sent++;
        next = now.plus(INTERVAL);
        return Step.MORE;
    }

    private Step begin(Task task) {
        Options options = new Options(arguments(task), "c:W:w:s:i:I:");
        String wanted = options.value('c');
        if (wanted != null && wanted.matches("\\d{1,9}")) {
            count = Long.parseLong(wanted);
        }
        if (options.operands().isEmpty()) {
            complain(task, "usage error: Destination address required");
            return finish(1);
        }
        host = options.operands().getFirst();
        List<String> addresses = Resolver.of(task.machine()).addresses(host);
        if (addresses.isEmpty()) {
            print(2, Raw.bytes("ping: bad address '" + host + "'\n"));
            return finish(1);
        }
        address = addresses.getFirst();
        print("PING " + host + " (" + address + "): 56 data bytes\n");
        return Step.MORE;
    }

    private Step end() {
        long lost = sent == 0 ? 0 : (sent - heard) * 100 / sent;
        print(
                "\n--- "
                        + host
                        + " ping statistics ---\n"
                        + sent
                        + " packets transmitted, "
                        + heard
                        + " packets received, "
                        + lost
                        + "% packet loss\n");
        if (heard > 0) {
            print("round-trip min/avg/max = 0.080/0.080/0.080 ms\n");
        }
        return finish(heard > 0 ? 0 : 1);
    }
}
