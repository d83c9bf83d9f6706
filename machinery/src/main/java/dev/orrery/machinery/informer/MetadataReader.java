package dev.orrery.machinery.informer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks the metadata out of an object's JSON and reads no further than it must. */
final class MetadataReader {

    private static final Logger LOGGER = System.getLogger(MetadataReader.class.getName());
    private static final int WANTED = 3;

    private String apiVersion = "";
    private String kind = "";
    private String uid = "";
    private boolean deleting;
    private final List<String> finalizers = new ArrayList<>();
    private final List<OwnerReference> owners = new ArrayList<>();

    private MetadataReader() {}

    /** Of an object that cannot be read: what came before the fault. */
    static ObjectMetadata read(ObjectKey key, byte[] json, long resourceVersion) {
        MetadataReader reader = new MetadataReader();
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            reader.readObject(parser);
        } catch (IOException e) {
            LOGGER.log(Level.ERROR, () -> "metadata unreadable " + key + " " + e.getMessage());
        }
        return new ObjectMetadata(
                key,
                reader.apiVersion,
                reader.kind,
                reader.uid,
                resourceVersion,
                reader.deleting,
                reader.finalizers,
                reader.owners);
    }

    private void readObject(JsonParser parser) throws IOException {
        int found = 0;
        parser.nextToken();
        for (String field = next(parser); field != null && found < WANTED; field = next(parser)) {
            found++;
            switch (field) {
                case "apiVersion" -> apiVersion = parser.getText();
                case "kind" -> kind = parser.getText();
                case "metadata" -> readMetadata(parser);
                default -> {
                    found--;
                    parser.skipChildren();
                }
            }
        }
    }

    private void readMetadata(JsonParser parser) throws IOException {
        for (String field = next(parser); field != null; field = next(parser)) {
            switch (field) {
                case "uid" -> uid = parser.getText();
                case "deletionTimestamp" ->
                        deleting = parser.currentToken() != JsonToken.VALUE_NULL;
                case "finalizers" -> finalizers.addAll(list(parser, String[].class));
                case "ownerReferences" -> owners.addAll(list(parser, OwnerReference[].class));
                default -> parser.skipChildren();
            }
        }
    }

    private static <T> List<T> list(JsonParser parser, Class<T[]> type) throws IOException {
        T[] elements = Json.MAPPER.readValue(parser, type);
        return elements == null ? List.of() : Arrays.asList(elements);
    }

    /** The next field's name, with the parser at its value; null at the object's end. */
    private static @Nullable String next(JsonParser parser) throws IOException {
        String field = parser.nextFieldName();
        if (field != null) {
            parser.nextToken();
        }
        return field;
    }
}
