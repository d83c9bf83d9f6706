package dev.orrery.apiserver.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Splice;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Form;
import dev.orrery.apiserver.request.Form.Shape;
import dev.orrery.apiserver.selector.Selection;
import dev.orrery.apiserver.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one watch as lines of JSON. An object that comes to fulfil the selectors is
 * added, and one that no longer does is deleted. Used by one thread at a time.
 */
public final class EventLines {

    private static final byte[] NOTHING = {};
    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private final Kind kind;
    private final Form form;
    private final String include;
    private final Selection selection;
    private final InstantSource clock;
    private boolean columnsShown;

    public EventLines(ApiRequest request, Selection selection, InstantSource clock) {
        this.kind = request.kind();
        this.form = request.form();
        this.include = request.parameters().text("includeObject");
        this.selection = selection;
        this.clock = clock;
    }

    /** Empty where the client is not to hear of it. */
    public byte[] line(Event event) {
        return switch (event) {
            case Event.Changed(Stored before, Stored after, long version) ->
                    changed(before, after, version);
            case Event.Bookmark(long version, boolean initialEnd) ->
                    line("BOOKMARK", bookmark(version, initialEnd));
            case Event.Failed failed -> line("ERROR", StatusJson.failure(failed.reason()));
            case Event.Ended _ -> NOTHING;
        };
    }

    private byte[] changed(@Nullable Stored before, @Nullable Stored after, long version) {
        boolean shown = before != null && selection.matches(before);
        if (after != null && selection.matches(after)) {
            return object(shown ? "MODIFIED" : "ADDED", after.value(), version);
        }
        return shown && before != null ? object("DELETED", before.value(), version) : NOTHING;
    }

    private byte[] object(String type, byte[] value, long version) {
        if (form.shape() == Shape.OBJECT && kind.isShownAsStored()) {
            ByteArrayOutputStream out = begin(type, value.length + 96);
            Splice.version(value, version, out);
            out.writeBytes(END);
            return out.toByteArray();
        }
        ObjectNode object = Shapes.whole(kind, value, version);
        return line(
                type,
                switch (form.shape()) {
                    case OBJECT -> object;
                    case TABLE -> table(object);
                    case METADATA, METADATA_LIST -> Shapes.metadata(object, form.version());
                });
    }

    private ObjectNode table(ObjectNode object) {
        ObjectNode table = emptyTable(object.path("metadata").path("resourceVersion").asText());
        table.putArray("rows")
                .add(Shapes.row(kind, object, form.version(), include, clock.instant()));
        return table;
    }

    /** The columns come with the first event only. */
    private ObjectNode emptyTable(String version) {
        ObjectNode table = Shapes.table(form.version());
        table.withObjectProperty("metadata").put("resourceVersion", version);
        if (columnsShown) {
            table.putArray("columnDefinitions");
        } else {
            Shapes.addColumns(table, kind);
            columnsShown = true;
        }
        return table;
    }

    private JsonNode bookmark(long version, boolean initialEnd) {
        ObjectNode object = Trees.object();
        object.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(version));
        metadata.putNull("creationTimestamp");
        if (initialEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return switch (form.shape()) {
            case OBJECT -> object;
            case TABLE -> table(object);
            case METADATA, METADATA_LIST -> Shapes.metadata(object, form.version());
        };
    }

    private static byte[] line(String type, JsonNode object) {
        byte[] json = Trees.write(object);
        ByteArrayOutputStream out = begin(type, json.length + 48);
        out.writeBytes(json);
        out.writeBytes(END);
        return out.toByteArray();
    }

    private static ByteArrayOutputStream begin(String type, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        out.writeBytes(
                ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
        return out;
    }
}
