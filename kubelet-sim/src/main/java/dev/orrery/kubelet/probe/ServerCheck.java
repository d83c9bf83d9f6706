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

    private final Wording wording;
    private final Executor executor;
    private final Consumer<Answer> reply;
    private final Clock.@Nullable Timer timer;
    private @Nullable HttpCall call;
    private @Nullable Connection asked;
    private boolean over;

    private ServerCheck(
            Wording wording,
            Clock clock,
            Executor executor,
            Duration timeout,
            Consumer<Answer> reply) {
        this.wording = wording;
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
        ServerCheck asked = new ServerCheck(wording, clock, executor, timeout, reply);
        try {
            Connection connection = network.connect(wording.host(), wording.port());
            asked.connected(
                    wording.isSecure() ? secured(connection, wording) : connection,
                    wording.request());
        } catch (FileException refused) {
            asked.answer(wording.refused(refused.errno()));
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
                answer = wording.judge(response);
            } catch (FileException broken) {
                answer = isPlain() ? wording.plain() : wording.broken();
            }
        }
        answer(answer);
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
