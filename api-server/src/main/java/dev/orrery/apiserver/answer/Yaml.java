package dev.orrery.apiserver.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.DumperOptions;

/** Trees as YAML. */
final class Yaml {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Yaml() {}

    static byte[] write(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        Object plain = MAPPER.convertValue(tree, Object.class);
        return new org.yaml.snakeyaml.Yaml(options).dump(plain).getBytes(StandardCharsets.UTF_8);
    }
}
