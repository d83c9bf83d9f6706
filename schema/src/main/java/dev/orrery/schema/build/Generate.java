package dev.orrery.schema.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Called by the build: {@code Generate MODEL-FOLDER OUTPUT-FOLDER}. */
public final class Generate {

    private Generate() {}

    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]).resolve("dev/orrery/schema");
        GoFacts facts = GoFacts.read(model.resolve("go-types.txt"));
        Map<String, ModelType> types = new ModelBuilder(JavaModels.stable(), facts).build();
        if (!facts.unread().isEmpty()) {
            throw new IllegalStateException("go-types.txt names unknown " + facts.unread());
        }
        write(target.resolve("types.bin"), new TypeTableWriter().write(types));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
