package dev.orrery.kubelet.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The admission webhooks of agnhost, by their paths. Immutable. */
public final class AdmissionReviews {

    private static final String GROUP = "admission.k8s.io";
    private static final String KIND = "AdmissionReview";
    private static final String SLOW = "/always-allow-delay-5s";
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final Map<String, Function<JsonNode, ObjectNode>> handlers;

    /**
     * @param sidecarImage that is put into pods; empty for none
     */
    public AdmissionReviews(String sidecarImage) {
        handlers =
                Map.ofEntries(
                        Map.entry(SLOW, _ -> Verdicts.allow()),
                        Map.entry(
                                "/always-deny",
                                _ -> Verdicts.deny("this webhook denies all requests")),
                        Map.entry("/add-label", DataReviews::addLabel),
                        Map.entry("/pods", PodReviews::admit),
                        Map.entry("/pods/attach", PodReviews::attach),
                        Map.entry("/mutating-pods", PodReviews::addInitContainer),
                        Map.entry(
                                "/mutating-pods-sidecar",
                                request -> PodReviews.addSidecar(request, sidecarImage)),
                        Map.entry("/configmaps", DataReviews::configMap),
                        Map.entry("/mutating-configmaps", DataReviews::changeConfigMap),
                        Map.entry("/custom-resource", DataReviews::customResource),
                        Map.entry("/mutating-custom-resource", DataReviews::change),
                        Map.entry("/crd", DataReviews::definition));
    }

    /** How long it thinks about an answer. */
    public static Duration delay(HttpRequest request) {
        return request.path().equals(SLOW) ? FIVE_SECONDS : Duration.ZERO;
    }

    /**
     * What is answered.
     *
     * @return null where the caller is to wait for ever
     */
    public @Nullable HttpResponse answer(HttpRequest request) {
        Function<JsonNode, ObjectNode> handler = handlers.get(request.path());
        if (handler == null) {
            return HttpResponse.text(404, "404 page not found\n");
        }
        if (!request.header("Content-Type").equals("application/json")) {
            return HttpResponse.text(200, "");
        }
        boolean[] hangs = {false};
        HttpResponse response =
                Reviews.answer(
                        request,
                        GROUP,
                        KIND,
                        asked -> {
                            hangs[0] = request.path().equals("/pods") && PodReviews.isToHang(asked);
                            return handler.apply(asked);
                        });
        return hangs[0] ? null : response;
    }
}
