package dev.orrery.kubelet.program;

import dev.orrery.kubelet.image.ProgramSpec;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.http.HttpServer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server as its image's profile tells it: says that it starts, listens, serves files over HTTP
 * where it has any, and runs until it is stopped. While nobody calls it is one task that waits.
 */
final class Server extends Talker {

    private final ProgramSpec spec;
    private @Nullable Instant listensAt;
    private @Nullable HttpServer http;
    private boolean listens;
    private boolean termed;

    Server(ProgramSpec spec) {
        this.spec = spec;
    }

    @Override
    Step work(Task task) {
        Integer termCode = spec.termCode();
        if (termed && termCode != null) {
            return finish(termCode);
        }
        if (listensAt == null) {
            listensAt = task.started().plus(spec.startup());
            say(spec.output());
            return Step.MORE;
        }
        if (!listens) {
            return listen(task, listensAt);
        }
        if (http != null) {
            http.advance();
        }
        return Step.WAITING;
    }

    private Step listen(Task task, Instant at) {
        if (task.machine().host().instant().isBefore(at)) {
            task.wakeAt(at);
            return Step.WAITING;
        }
        listens = true;
        for (int port : spec.serves()) {
            try {
                listen(task, port);
            } catch (FileException taken) {
                say(
                        2,
                        name(task)
                                + ": [emerg] bind() to 0.0.0.0:"
                                + port
                                + " failed (98: "
                                + taken.getMessage()
                                + ")\n");
                return finish(1);
            }
        }
        return Step.MORE;
    }

    private static String name(Task task) {
        String first = task.arguments().getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    private void listen(Task task, int port) {
        if (spec.root().isEmpty()) {
            Runnable stop = task.machine().network().listen(port, Connection::close);
            task.whenOver(stop);
            return;
        }
        HttpServer server = http;
        if (server == null) {
            StaticFiles files = new StaticFiles(spec.root());
            server = new HttpServer(task, exchange -> files.answer(task, exchange));
            http = server;
        }
        server.listen(port);
    }

    @Override
    public boolean signal(Task task, int signal) {
        if (signal != Signals.TERM && signal != Signals.INT && signal != Signals.QUIT) {
            return false;
        }
        if (spec.termCode() == null) {
            return false;
        }
        termed = true;
        task.wake();
        return true;
    }
}
