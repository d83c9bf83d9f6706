package dev.orrery.kubelet.program;

import dev.orrery.kubelet.sample.SampleApi;
import dev.orrery.userland.Task;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpServer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An API server that stands behind another: serves flunders over HTTPS. */
final class SampleApiServer extends WebProgram {

    private static final int HTTPS = 443;

    private @Nullable SampleApi api;

    @Override
    void begin(Task task, HttpServer server) {
        Flags flags = new Flags(task.arguments().subList(1, task.arguments().size()), Set.of());
        int port = flags.number("secure-port", HTTPS);
        SecureFiles files = SecureFiles.of(flags);
        if (files.certificate().isEmpty()) {
            listenEither(task, server, port);
        } else {
            listenSecurely(task, server, port, files);
        }
        say(2, GoLog.klog(task, "secure_serving.go:213", "Serving securely on [::]:" + port));
    }

    @Override
    void answer(Task task, Exchange exchange) {
        if (api == null) {
            api = new SampleApi(task.machine().host().random());
        }
        exchange.answer(api.answer(exchange.request(), GoLog.now(task)));
    }

    @Override
    int termCode() {
        return 0;
    }
}
