package dev.orrery.kubelet.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads profiles of images as people write them. A word that it does not know is refused. */
final class ProfileReader {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> WORDS =
            Set.of(
                    "name",
                    "entrypoint",
                    "cmd",
                    "env",
                    "user",
                    "group",
                    "workingDir",
                    "tools",
                    "busybox",
                    "open",
                    "programs",
                    "files",
                    "sizeBytes");
    private static final Set<String> PROGRAM_WORDS =
            Set.of("kind", "output", "serves", "root", "startupSeconds", "exitCode", "termCode");

    private ProfileReader() {}

    /**
     * @param fallbackName where the text names none
     * @throws IllegalArgumentException where it is no profile
     */
    static ImageProfile read(String fallbackName, byte[] text) {
        try {
            return profile(fallbackName, YAML.readTree(text));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "not YAML: profile of image " + fallbackName + ": " + e.getMessage(), e);
        }
    }

    private static ImageProfile profile(String name, JsonNode yaml) {
        check(name, yaml, WORDS);
        return new ImageProfile(
                yaml.path("name").asText(name),
                texts(yaml.path("entrypoint")),
                texts(yaml.path("cmd")),
                map(yaml.path("env"), JsonNode::asText),
                new ImageProfile.User(yaml.path("user").asLong(), yaml.path("group").asLong()),
                yaml.path("workingDir").asText("/"),
                yaml.path("tools").asBoolean(true),
                yaml.path("busybox").asBoolean(false),
                yaml.path("open").asBoolean(false),
                map(yaml.path("programs"), each -> program(name, each)),
                map(yaml.path("files"), JsonNode::asText),
                yaml.path("sizeBytes").asLong());
    }

    private static ProgramSpec program(String image, JsonNode yaml) {
        if (yaml.isTextual()) {
            return new ProgramSpec(yaml.asText(), "", List.of(), "", Duration.ZERO, null, null);
        }
        check(image, yaml, PROGRAM_WORDS);
        List<Integer> ports = new ArrayList<>();
        yaml.path("serves").forEach(port -> ports.add(port.asInt()));
        long millis = Math.round(yaml.path("startupSeconds").asDouble() * 1000);
        return new ProgramSpec(
                yaml.path("kind").asText("server"),
                yaml.path("output").asText(""),
                ports,
                yaml.path("root").asText(""),
                Duration.ofMillis(millis),
                number(yaml.path("exitCode")),
                number(yaml.path("termCode")));
    }

    private static void check(String image, JsonNode yaml, Set<String> words) {
        yaml.fieldNames()
                .forEachRemaining(word -> {
                    if (!words.contains(word)) {
                        throw new IllegalArgumentException(
                                "unknown word in the profile of image " + image + ": " + word);
                    }
                });
    }

    private static @Nullable Integer number(JsonNode node) {
        return node.isInt() ? node.asInt() : null;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static <T> Map<String, T> map(JsonNode node, Function<JsonNode, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        return map;
    }
}
