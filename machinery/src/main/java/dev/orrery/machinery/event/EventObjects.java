package dev.orrery.machinery.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.orrery.machinery.event.Correlator.Series;
import dev.orrery.machinery.event.Occurrence.Regarding;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The API's objects for what the recorder tells. */
final class EventObjects {

    /** Events about objects that have no namespace are kept here. */
    private static final String NAMESPACE_OF_CLUSTER = "default";

    private EventObjects() {}

    static String namespace(Series series) {
        String namespace = series.newest().regarding().namespace();
        return namespace.isEmpty() ? NAMESPACE_OF_CLUSTER : namespace;
    }

    static Event event(Series series) {
        Occurrence newest = series.newest();
        Occurrence.Source source = newest.source();
        Regarding regarding = newest.regarding();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(series))
                .withName(series.name())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(regarding.apiVersion())
                .withKind(regarding.kind())
                .withNamespace(orNull(regarding.namespace()))
                .withName(regarding.name())
                .withUid(orNull(regarding.uid()))
                .withResourceVersion(orNull(newest.seenVersion()))
                .withFieldPath(orNull(regarding.fieldPath()))
                .endInvolvedObject()
                .withType(newest.type())
                .withReason(newest.reason())
                .withMessage(newest.message())
                .withNewSource(source.component(), orNull(source.host()))
                .withReportingComponent(source.component())
                .withReportingInstance(source.host())
                .withFirstTimestamp(time(series.first()))
                .withLastTimestamp(time(newest.at()))
                .withCount(series.count())
                .build();
    }

    /** What another occurrence changes in the event. */
    static JsonNode increment(Series series) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", series.count())
                .put("lastTimestamp", time(series.newest().at()))
                .put("message", series.newest().message());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
