package dev.orrery.schema.build;

import dev.orrery.schema.build.ResourceTable.Row;
import dev.orrery.schema.openapi.SwaggerDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Called by the build: {@code Generate MODEL-FOLDER OUTPUT-FOLDER}. */
public final class Generate {

    private Generate() {}

    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]).resolve("dev/orrery/schema");
        if (isUpToDate(target, model)) {
            return;
        }
        GoFacts facts = GoFacts.read(model.resolve("go-types.txt"));
        Map<String, ModelType> types = new ModelBuilder(JavaModels.stable(), facts).build();
        if (!facts.unread().isEmpty()) {
            throw new IllegalStateException("go-types.txt names unknown " + facts.unread());
        }
        write(target.resolve("types.bin"), new TypeTableWriter().write(types));
        documents(
                types,
                ResourceTable.read(model.resolve("resources.txt")),
                target.resolve("openapi"));
    }

    /** The index is written last; it is to be newer than the tables and all of this module. */
    private static boolean isUpToDate(Path target, Path model) throws IOException {
        Path index = target.resolve("openapi/index.txt");
        return Files.exists(index)
                && newest(target, ".class").compareTo(Files.getLastModifiedTime(index)) < 0
                && newest(model, ".txt").compareTo(Files.getLastModifiedTime(index)) < 0;
    }

    private static FileTime newest(Path folder, String suffix) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }

    /** One compressed document a group and version, one of v2 for all, and their hashes. */
    private static void documents(
            Map<String, ModelType> types, Map<String, List<Row>> resources, Path target)
            throws IOException, NoSuchAlgorithmException {
        Map<String, String> kinds = TypeTableWriter.kindsOf(types);
        StringBuilder index = new StringBuilder();
        SwaggerDocument swagger = new SwaggerDocument();
        for (Map.Entry<String, List<Row>> group : resources.entrySet()) {
            String groupVersion = group.getKey();
            byte[] document = ApiDocument.write(groupVersion, group.getValue(), types, kinds);
            String file = groupVersion.replace('/', '_') + ".json.gz";
            write(target.resolve(file), compressed(document));
            index.append(groupVersion).append(' ').append(hash(document)).append('\n');
            swagger.add(document);
        }
        byte[] document = swagger.write(ApiDocument.VERSION);
        write(target.resolve("v2.json.gz"), compressed(document));
        write(target.resolve("v2.txt"), hash(document).getBytes(StandardCharsets.UTF_8));
        write(target.resolve("index.txt"), index.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] document) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-512").digest(document);
        return HexFormat.of().withUpperCase().formatHex(hash);
    }

    private static byte[] compressed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
