package dev.orrery.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.custom.CustomVersion;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.schema.openapi.OpenApi;
import dev.orrery.schema.openapi.SwaggerDocument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that OpenAPI says of the API: the documents of the built-in groups, which are made at build
 * time, and those of the kinds that users describe, which are made when somebody asks and kept
 * until a definition changes. For any thread; two that ask at once may make the same twice.
 */
public final class PublishedApi {

    private static final byte[] PATHS = "\"paths\":{".getBytes(StandardCharsets.US_ASCII);

    private final Kinds kinds;
    private volatile @Nullable OpenApi builtIn;
    private volatile Published published = new Published(List.of(), Map.of(), null, null);

    public PublishedApi(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * What was made of some kinds.
     *
     * @param kinds all that are served; the very list
     * @param groups by path, {@code apis/example.com/v1}
     */
    private record Published(
            List<Kind> kinds,
            Map<String, Document> groups,
            @Nullable Document swagger,
            @Nullable Document message) {}

    private OpenApi builtIn() {
        OpenApi known = builtIn;
        if (known == null) {
            known = OpenApi.builtIn();
            builtIn = known;
        }
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // the same list says that no definition changed
    private Published published() {
        List<Kind> all = kinds.all();
        Published last = published;
        if (last.kinds == all) {
            return last;
        }
        Published next = new Published(all, groups(all), null, null);
        published = next;
        return next;
    }

    /** The body of {@code /openapi/v3}. */
    public byte[] index() {
        byte[] own = builtIn().index();
        Map<String, Document> more = published().groups;
        if (more.isEmpty()) {
            return own;
        }
        ObjectNode index = Trees.read(own);
        ObjectNode paths = index.withObjectProperty("paths");
        more.forEach((path, document) ->
                paths.putObject(path)
                        .put(
                                "serverRelativeURL",
                                "/openapi/v3/" + path + "?hash=" + document.hash()));
        return Trees.write(index);
    }

    /**
     * A document of v3; null where there is none of that path.
     *
     * @param path behind {@code /openapi/v3/}
     */
    public @Nullable Document document(String path) {
        OpenApi.Document own = builtIn().document(path);
        return own == null ? published().groups.get(path) : new Document(own.hash(), own.json());
    }

    /** The document of v2. */
    public Document swagger() {
        Published now = published();
        Document known = now.swagger;
        if (known == null) {
            known = swagger(now);
            published = new Published(now.kinds, now.groups, known, now.message);
        }
        return known;
    }

    /** The document of v2 as a protobuf message. */
    public Document swaggerMessage() {
        Published now = published();
        Document known = now.message;
        if (known == null) {
            Document json = now.swagger == null ? swagger(now) : now.swagger;
            known = Document.of(SwaggerMessage.of(Trees.read(json.bytes())));
            published = new Published(now.kinds, now.groups, now.swagger, known);
        }
        return known;
    }

    private Map<String, Document> groups(List<Kind> all) {
        Map<String, List<Kind>> byPath = new LinkedHashMap<>();
        for (Kind kind : all) {
            String path = "apis/" + kind.apiVersion();
            if (kind.custom() != null && !builtIn().paths().contains(path)) {
                byPath.computeIfAbsent(path, _ -> new ArrayList<>()).add(kind);
            }
        }
        if (byPath.isEmpty()) {
            return Map.of();
        }
        OpenApi.Document apps = builtIn().document("apis/apps/v1");
        if (apps == null) {
            throw new IllegalStateException("no document of apps/v1");
        }
        JsonNode model = Trees.read(apps.json());
        Map<String, Document> groups = new LinkedHashMap<>();
        byPath.forEach((path, members) ->
                groups.put(
                        path, Document.of(new GroupDocument(model).of(members, sources(members)))));
        return groups;
    }

    private static List<JsonNode> sources(Collection<Kind> members) {
        List<JsonNode> sources = new ArrayList<>();
        for (Kind kind : members) {
            sources.add(source(kind));
        }
        return sources;
    }

    private static JsonNode source(Kind kind) {
        return kind.custom() instanceof CustomVersion version
                ? version.source()
                : MissingNode.getInstance();
    }

    /** The built-in document is long: what is new is put into it without reading it. */
    private Document swagger(Published now) {
        OpenApi.Document own = builtIn().swagger();
        if (now.groups.isEmpty()) {
            return new Document(own.hash(), own.json());
        }
        ObjectNode paths = Trees.object();
        now.groups
                .values()
                .forEach(document ->
                        Trees.read(document.bytes())
                                .path("paths")
                                .properties()
                                .forEach(path ->
                                        paths.set(
                                                path.getKey(),
                                                SwaggerDocument.path(path.getValue()))));
        ObjectNode definitions = Trees.object();
        CustomSchema schema = new CustomSchema(true);
        for (Kind kind : now.kinds) {
            if (kind.custom() != null) {
                definitions.set(
                        CustomSchema.name(kind.group(), kind.version(), kind.kind()),
                        schema.of(kind, source(kind)));
                definitions.set(
                        CustomSchema.name(kind.group(), kind.version(), kind.listKind()),
                        schema.list(kind));
            }
        }
        return Document.of(spliced(own.json(), Trees.write(paths), Trees.write(definitions)));
    }

    /** Paths come first in the document, definitions last. */
    private static byte[] spliced(byte[] own, byte[] paths, byte[] definitions) {
        int at = indexOf(own) + PATHS.length;
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(own.length + paths.length + definitions.length);
        out.write(own, 0, at);
        out.write(paths, 1, paths.length - 2);
        out.write(',');
        out.write(own, at, own.length - at - 2);
        out.write(',');
        out.write(definitions, 1, definitions.length - 2);
        out.write('}');
        out.write('}');
        return out.toByteArray();
    }

    private static int indexOf(byte[] document) {
        for (int i = 0; i < document.length - PATHS.length; i++) {
            int same = 0;
            while (same < PATHS.length && document[i + same] == PATHS[same]) {
                same++;
            }
            if (same == PATHS.length) {
                return i;
            }
        }
        throw new IllegalStateException("a document without paths");
    }
}
