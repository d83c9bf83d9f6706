package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Bound;
import dev.orrery.userland.network.Datagram;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One question by a datagram, and the first answer. On its task's lane. */
final class DatagramCall {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Queue<Datagram> answers = new ConcurrentLinkedQueue<>();
    private final Bound bound;
    private final Instant until;

    private DatagramCall(Task task) {
        this.until = task.machine().host().instant().plus(PATIENCE);
        this.bound =
                task.machine()
                        .network()
                        .receive(
                                "",
                                0,
                                datagram -> {
                                    if (answers.isEmpty()) {
                                        answers.add(datagram);
                                        task.wake();
                                    }
                                });
    }

    /** Throws where nobody receives there. */
    static DatagramCall to(Task task, Address address, String question) {
        DatagramCall call = new DatagramCall(task);
        try {
            Address own = new Address(task.machine().network().address(), call.bound.port());
            byte[] bytes = Raw.bytes(Raw.of(question));
            task.machine().network().send(new Datagram(own, address, bytes));
            return call;
        } catch (FileException refused) {
            call.close();
            throw refused;
        }
    }

    /** Null until the answer has come. Throws ETIMEDOUT where none will. */
    @Nullable String poll(Task task) {
        Datagram answer = answers.poll();
        if (answer != null) {
            return Raw.of(answer.bytes(), 0, answer.bytes().length);
        }
        if (!task.machine().host().instant().isBefore(until)) {
            throw new FileException(Errno.ETIMEDOUT);
        }
        task.wakeAt(until);
        return null;
    }

    void close() {
        bound.release().run();
    }
}
