package dev.orrery.schema.openapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /openapi/v3} and {@code /openapi/v3/...} answer. The documents are made at build time
 * and kept compressed; clients that take gzip get them as they are. For any thread.
 */
public final class OpenApi {

    private final Map<String, String> hashes;

    private OpenApi(Map<String, String> hashes) {
        this.hashes = Collections.unmodifiableMap(hashes);
    }

    /** Of the built-in groups. Reads a small file, the documents only when they are asked for. */
    public static OpenApi builtIn() {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String line : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.split(" ");
            hashes.put(path(words[0]), words[1]);
        }
        return new OpenApi(hashes);
    }

    /** {@code api/v1} and {@code apis/apps/v1}. */
    private static String path(String groupVersion) {
        return (groupVersion.contains("/") ? "apis/" : "api/") + groupVersion;
    }

    /** The paths of all documents, {@code api/v1}, {@code apis/apps/v1}. */
    public Collection<String> paths() {
        return hashes.keySet();
    }

    /** The body of {@code /openapi/v3}. */
    public byte[] index() {
        StringBuilder json = new StringBuilder("{\"paths\":{");
        hashes.forEach((path, hash) ->
                json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                        .append('"')
                        .append(path)
                        .append("\":{\"serverRelativeURL\":\"/openapi/v3/")
                        .append(path)
                        .append("?hash=")
                        .append(hash)
                        .append("\"}"));
        return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A document; null where there is none of that path.
     *
     * @param path behind {@code /openapi/v3/}
     */
    public @Nullable Document document(String path) {
        String hash = hashes.get(path);
        if (hash == null) {
            return null;
        }
        String groupVersion = path.substring(path.indexOf('/') + 1);
        return new Document(hash, resource(groupVersion.replace('/', '_') + ".json.gz"));
    }

    /** The body of {@code /openapi/v2}. */
    public Document swagger() {
        return new Document(
                new String(resource("v2.txt"), StandardCharsets.UTF_8), resource("v2.json.gz"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not there: the build generates it");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A document in JSON, compressed by gzip. The hash is of its content and serves as its ETag.
     */
    public static final class Document {

        private final String hash;
        private final byte[] compressed;

        private Document(String hash, byte[] compressed) {
            this.hash = hash;
            this.compressed = compressed;
        }

        public String hash() {
            return hash;
        }

        public byte[] compressed() {
            return compressed.clone();
        }

        public byte[] json() {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
                return gzip.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
