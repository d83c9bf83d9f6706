package dev.orrery.kubelet.probe;

import dev.orrery.machinery.time.Clock;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Network;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.http.HttpCall;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.network.ClientSecurity;
import dev.orrery.userland.network.SecureChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One question to a server of a simulated network. It is answered once, within the time that it is
 * given; what waits for the server is the server's callbacks and a timer.
 */
public final class ServerCheck {

    /** As many as Go's client follows. */
    private static final int MOST_REDIRECTS = 10;

    private final Network network;
    private final Executor executor;
    private final Consumer<Answer> reply;
    private final Clock.@Nullable Timer timer;
    private volatile Wording wording;
    private @Nullable HttpCall call;
    private @Nullable Connection asked;
    private int redirects;
    private boolean over;

    private ServerCheck(
            Wording wording,
            Network network,
            Clock clock,
            Executor executor,
            Duration timeout,
            Consumer<Answer> reply) {
        this.wording = wording;
        this.network = network;
        this.executor = executor;
        this.reply = reply;
        this.timer =
                timeout.compareTo(Check.UNLIMITED) >= 0
                        ? null
                        : clock.schedule(timeout, () -> executor.execute(this::late));
    }

    /**
     * @param reply told on any thread, perhaps in this frame
     */
    public static void ask(
            Check.OfServer check,
            Network network,
            Clock clock,
            Executor executor,
            Duration timeout,
            Consumer<Answer> reply) {
        Wording wording = Wording.of(check, timeout);
        new ServerCheck(wording, network, clock, executor, timeout, reply).connect();
    }

    private void connect() {
        Wording to = wording;
        try {
            Connection connection = network.connect(to.host(), to.port());
            connected(to.isSecure() ? secured(connection, to) : connection, to.request());
        } catch (FileException refused) {
            answer(to.refused(refused.errno()));
        }
    }

    /** A kubelet asks no server for who it is. */
    private static Connection secured(Connection connection, Wording wording) {
        return SecureChannel.over(
                connection, ClientSecurity.engine(wording.host(), wording.port(), true, ""));
    }

    private void connected(Connection connection, @Nullable HttpRequest request) {
        if (request == null) {
            connection.close();
            answer(Answer.Good.GOOD);
            return;
        }
        synchronized (this) {
            asked = connection;
            call = new HttpCall(connection, request);
        }
        poll();
    }

    private void poll() {
        Answer answer;
        synchronized (this) {
            if (over || call == null) {
                return;
            }
            try {
                HttpResponse response = call.poll(() -> executor.execute(this::poll));
                if (response == null) {
                    return;
                }
                answer = judge(response);
                if (answer == null) {
                    call.close();
                    call = null;
                }
            } catch (FileException broken) {
                answer = isPlain() ? wording.plain() : wording.broken();
            }
        }
        if (answer == null) {
            connect();
        } else {
            answer(answer);
        }
    }

    /** Null where somebody else is to be asked. */
    private @Nullable Answer judge(HttpResponse response) {
        Wording next = wording.redirected(response);
        if (next == null) {
            return wording.judge(response);
        }
        wording = next;
        redirects++;
        return redirects > MOST_REDIRECTS ? next.endless() : null;
    }

    /** Whether the server answered without TLS. */
    private boolean isPlain() {
        return asked != null && SecureChannel.fault(asked) != null;
    }

    private void late() {
        answer(wording.late());
    }

    private void answer(Answer answer) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (call != null) {
                call.close();
            }
        }
        if (timer != null) {
            timer.cancel();
        }
        reply.accept(answer);
    }
}
