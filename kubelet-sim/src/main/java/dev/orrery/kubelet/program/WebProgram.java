package dev.orrery.kubelet.program;

import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;
import dev.orrery.userland.network.ServerSecurity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A program written in Go that answers HTTP. */
abstract class WebProgram extends Talker {

    /** With which a Go program ends that is process 1 and does not deal with SIGTERM. */
    private static final int UNHANDLED = 2;

    /** With which klog's fatal messages end a program. */
    private static final int UNREADABLE = 255;

    private final List<BooleanSupplier> underWay = new ArrayList<>(0);
    private @Nullable HttpServer http;
    private @Nullable ServerSecurity security;
    private int termed = -1;

    /** Listens and says so. */
    abstract void begin(Task task, HttpServer server);

    abstract void answer(Task task, Exchange exchange);

    /** With what SIGTERM makes it end. */
    int termCode() {
        return UNHANDLED;
    }

    @Override
    final Step work(Task task) {
        if (termed >= 0) {
            return finish(termed);
        }
        HttpServer server = http;
        if (server == null) {
            server = new HttpServer(task, exchange -> answer(task, exchange));
            http = server;
            begin(task, server);
            return Step.MORE;
        }
        server.advance();
        underWay.removeIf(BooleanSupplier::getAsBoolean);
        return isQuiet() ? Step.WAITING : Step.MORE;
    }

    /** Looked at again in each step, until it says that it is over. */
    final void goOn(BooleanSupplier work) {
        if (!work.getAsBoolean()) {
            underWay.add(work);
        }
    }

    /** Ends it with the words of a port that is taken. */
    final void listen(Task task, HttpServer server, int port) {
        try {
            server.listen(port);
        } catch (FileException taken) {
            log(task, "listen tcp :" + port + ": bind: address already in use");
            finish(1);
        }
    }

    /** As {@link #listen}, with TLS for those who begin so, and a certificate that nobody knows. */
    final void listenEither(Task task, HttpServer server, int port) {
        try {
            server.listenEither(port, () -> ownSecurity(task));
        } catch (FileException taken) {
            log(task, "listen tcp :" + port + ": bind: address already in use");
            finish(1);
        }
    }

    private ServerSecurity ownSecurity(Task task) {
        if (security == null) {
            security = ServerSecurity.selfSigned("localhost", GoLog.now(task));
        }
        return security;
    }

    /** As {@link #listen}, with TLS; what is wrong with the files ends it too. */
    final void listenSecurely(Task task, HttpServer server, int port, SecureFiles files) {
        try {
            server.listenSecurely(port, files.read(task));
        } catch (IllegalArgumentException unreadable) {
            log(task, String.valueOf(unreadable.getMessage()));
            finish(UNREADABLE);
        } catch (FileException taken) {
            log(task, "listen tcp :" + port + ": bind: address already in use");
            finish(1);
        }
    }

    final void log(Task task, String message) {
        say(2, GoLog.line(task, message));
    }

    static HttpResponse ok(String text) {
        return HttpResponse.text(200, Raw.of(text));
    }

    static String text(Exchange exchange, String parameter) {
        return Raw.text(exchange.request().parameters().getOrDefault(parameter, ""));
    }

    static HttpResponse redirect(String location) {
        return redirect(302, location);
    }

    /** With the page that a Go server sends along. */
    static HttpResponse redirect(int status, String location) {
        String page = "<a href=\"" + location + "\">" + HttpResponse.words(status) + "</a>.\n\n";
        return HttpResponse.of(status, "text/html; charset=utf-8", Raw.bytes(page))
                .with("Location", location);
    }

    static HttpResponse notFound() {
        return HttpResponse.text(404, "404 page not found\n");
    }

    @Override
    public boolean signal(Task task, int signal) {
        if (signal != Signals.TERM && signal != Signals.INT) {
            return false;
        }
        termed = termCode();
        task.wake();
        return true;
    }
}
