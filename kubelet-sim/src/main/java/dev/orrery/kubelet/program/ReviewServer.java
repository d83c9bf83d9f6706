package dev.orrery.kubelet.program;

import dev.orrery.kubelet.review.AdmissionReviews;
import dev.orrery.kubelet.review.ConversionReviews;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves reviews over HTTPS: the webhooks of Kubernetes' own suites. */
final class ReviewServer extends WebProgram {

    private static final int LOGS_REQUESTS = 2;

    private final SecureFiles files;
    private final int port;
    private final boolean logs;
    private final Function<HttpRequest, @Nullable HttpResponse> reviews;

    private ReviewServer(Flags flags, Function<HttpRequest, @Nullable HttpResponse> reviews) {
        this.files = SecureFiles.of(flags);
        this.port = flags.number("port", 443);
        this.logs = flags.number("v", 0) >= LOGS_REQUESTS;
        this.reviews = reviews;
    }

    static ReviewServer ofAdmission(Flags flags) {
        return new ReviewServer(
                flags, new AdmissionReviews(flags.text("sidecar-image", ""))::answer);
    }

    static ReviewServer ofConversion(Flags flags) {
        return new ReviewServer(
                flags,
                request ->
                        request.path().equals("/crdconvert")
                                ? ConversionReviews.answer(request)
                                : notFound());
    }

    @Override
    void begin(Task task, HttpServer server) {
        listenSecurely(task, server, port, files);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        HttpRequest request = exchange.request();
        if (request.path().equals("/readyz")) {
            exchange.answer(ok("ok"));
            return;
        }
        if (logs) {
            String body = Raw.text(Raw.of(request.body(), 0, request.body().length));
            say(2, GoLog.klog(task, "main.go:104", "handling request: " + body));
        }
        HttpResponse response = reviews.apply(request);
        if (response == null) {
            return;
        }
        Duration delay = AdmissionReviews.delay(request);
        if (delay.isZero()) {
            exchange.answer(response);
            return;
        }
        Instant end = GoLog.now(task).plus(delay);
        goOn(() -> {
            if (GoLog.now(task).isBefore(end)) {
                task.wakeAt(end);
                return false;
            }
            exchange.answer(response);
            return true;
        });
    }
}
