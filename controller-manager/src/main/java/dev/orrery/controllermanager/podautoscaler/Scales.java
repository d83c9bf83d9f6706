package dev.orrery.controllermanager.podautoscaler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Locale;
import java.util.Map;

/** Reads and writes the scale of whatever has one. Throws what the store throws. */
final class Scales {

    private static final byte[] NO_BODY = {};

    private final StoreClient store;

    Scales(StoreClient store) {
        this.store = store;
    }

    Scale read(HorizontalPodAutoscaler autoscaler) {
        byte[] body =
                store.send(Verb.GET, target(autoscaler), "scale", NO_BODY, "", Map.of()).body();
        return new Scale(Json.read(body, ObjectNode.class));
    }

    void write(HorizontalPodAutoscaler autoscaler, Scale scale) {
        store.send(
                Verb.UPDATE,
                target(autoscaler),
                "scale",
                Json.write(scale.object()),
                "application/json",
                Map.of());
    }

    private static Path target(HorizontalPodAutoscaler autoscaler) {
        CrossVersionObjectReference target = autoscaler.getSpec().getScaleTargetRef();
        String apiVersion = target.getApiVersion() == null ? "" : target.getApiVersion();
        int slash = apiVersion.indexOf('/');
        return new Path(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                target.getKind().toLowerCase(Locale.ROOT) + "s",
                autoscaler.getMetadata().getNamespace(),
                target.getName());
    }
}
