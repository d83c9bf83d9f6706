package dev.orrery.userland.applet;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Network;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Bound;
import dev.orrery.userland.network.Datagram;
import dev.orrery.userland.network.Resolver;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** {@code nc}: what is typed goes to a peer, and what the peer says is printed. */
final class NetCat extends Applet {

    /** Callers beyond this are turned away, as from a full backlog. */
    private static final int MOST_WAITING = 16;

    private final Queue<Connection> callers = new ConcurrentLinkedQueue<>();
    private final Queue<Datagram> datagrams = new ConcurrentLinkedQueue<>();
    private final byte[] buffer = new byte[4096];
    private Options options = new Options(List.of(), "");
    private boolean begun;
    private @Nullable Connection connection;
    private @Nullable Address peer;
    private int ownPort;
    private byte[] pending = {};
    private boolean typed;
    private @Nullable Instant quiet;

    @Override
    Step work(Task task) {
        try {
            if (!begun) {
                begun = true;
                return begin(task);
            }
            return options.has('u') ? exchangeDatagrams(task) : exchange(task);
        } catch (FileException refused) {
            return failed(task, refused);
        }
    }

    private Step begin(Task task) {
        options = new Options(arguments(task), "w:p:e:i:q:s:");
        List<String> operands = options.operands();
        if (options.has('l')) {
            String given = options.value('p');
            String port = given == null && !operands.isEmpty() ? operands.getLast() : given;
            return listen(task, port == null ? 0 : port(port));
        }
        if (operands.size() < 2) {
            complain(task, "missing hostname and port arguments");
            return finish();
        }
        List<String> addresses = Resolver.of(task.machine()).addresses(operands.getFirst());
        if (addresses.isEmpty()) {
            print(2, Raw.bytes("nc: bad address '" + operands.getFirst() + "'\n"));
            return finish(1);
        }
        return call(task, addresses.getFirst(), port(operands.get(1)));
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new FileException(Errno.EINVAL);
        }
        return Integer.parseInt(text);
    }

    private Step listen(Task task, int port) {
        Network network = task.machine().network();
        Bound bound =
                options.has('u')
                        ? network.receive("", port, datagram -> received(task, datagram))
                        : network.listen("", port, caller -> called(task, caller));
        ownPort = bound.port();
        task.whenOver(bound.release());
        if (options.has('v')) {
            print(2, Raw.bytes("listening on [::]:" + bound.port() + " ...\n"));
        }
        return Step.MORE;
    }

    private void called(Task task, Connection caller) {
        if (callers.size() < MOST_WAITING) {
            callers.add(caller);
            task.wake();
        } else {
            caller.close();
        }
    }

    private void received(Task task, Datagram datagram) {
        if (datagrams.size() < MOST_WAITING) {
            datagrams.add(datagram);
            task.wake();
        }
    }

    private Step call(Task task, String address, int port) {
        Network network = task.machine().network();
        peer = new Address(address, port);
        if (options.has('u')) {
            Bound bound = network.receive("", 0, datagram -> received(task, datagram));
            ownPort = bound.port();
            task.whenOver(bound.release());
        } else {
            connection = network.connect(address, port);
            task.whenOver(connection::close);
        }
        if (options.has('v')) {
            print(
                    2,
                    Raw.bytes(
                            task.arguments().get(task.arguments().size() - 2)
                                    + " ("
                                    + address
                                    + ":"
                                    + port
                                    + ") open\n"));
        }
        return options.has('z') ? finish(0) : Step.MORE;
    }

    private Step exchange(Task task) {
        Connection current = connection;
        if (current == null) {
            current = callers.poll();
            if (current == null) {
                return Step.WAITING;
            }
            connection = current;
            task.whenOver(current::close);
        }
        boolean moved = type(task, current);
        int count = current.read(buffer, task);
        if (count == Channel.END) {
            return hungUp(current);
        }
        if (count > 0) {
            print(1, Arrays.copyOf(buffer, count));
            quiet = null;
            return Step.MORE;
        }
        if (moved) {
            quiet = null;
            return Step.MORE;
        }
        return isTooQuiet(task) ? finish(0) : Step.WAITING;
    }

    private Step hungUp(Connection from) {
        from.close();
        connection = null;
        return options.has('l') && options.has('k') ? Step.MORE : finish(0);
    }

    /** Whether anything moved. */
    private boolean type(Task task, Connection to) {
        if (pending.length == 0 && !typed) {
            int count = task.file(0) == null ? Channel.END : task.read(0, buffer);
            if (count == Channel.END) {
                typed = true;
                if (options.has('N') || !options.has('l')) {
                    to.outgoing().close();
                }
                return true;
            }
            pending = Arrays.copyOf(buffer, Math.max(0, count));
        }
        if (pending.length == 0) {
            return false;
        }
        int count = to.write(pending, 0, pending.length, task);
        pending = Arrays.copyOfRange(pending, count, pending.length);
        return count > 0;
    }

    private Step exchangeDatagrams(Task task) {
        Datagram received = datagrams.poll();
        if (received != null) {
            peer = received.from();
            print(1, received.bytes());
            quiet = null;
            return Step.MORE;
        }
        Address to = peer;
        if (to != null && !typed) {
            int count = task.file(0) == null ? Channel.END : task.read(0, buffer);
            if (count > 0) {
                byte[] bytes = Arrays.copyOf(buffer, count);
                Address own = new Address(task.machine().network().address(), ownPort);
                task.machine().network().send(new Datagram(own, to, bytes));
                return Step.MORE;
            }
            typed = count == Channel.END;
        }
        return isTooQuiet(task) ? finish(0) : Step.WAITING;
    }

    /** Whether nothing was heard for as long as -w allows, which is counted from the last sound. */
    private boolean isTooQuiet(Task task) {
        String seconds = options.value('w');
        if (seconds == null || !seconds.matches("\\d{1,6}")) {
            return false;
        }
        Instant now = task.machine().host().instant();
        Instant until = quiet;
        if (until == null) {
            until = now.plus(Duration.ofSeconds(Long.parseLong(seconds)));
            quiet = until;
        }
        if (!now.isBefore(until)) {
            return true;
        }
        task.wakeAt(until);
        return false;
    }

    private Step failed(Task task, FileException refused) {
        Address to = peer;
        String why = String.valueOf(refused.getMessage());
        print(
                2,
                Raw.bytes(
                        to == null
                                ? name(task) + ": bind: " + why + "\n"
                                : name(task)
                                        + ": can't connect to remote host ("
                                        + to.host()
                                        + "): "
                                        + why
                                        + "\n"));
        return finish(1);
    }
}
