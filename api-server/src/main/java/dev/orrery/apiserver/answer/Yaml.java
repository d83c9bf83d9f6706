package dev.orrery.apiserver.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;

/** Trees as YAML. JSON is YAML too. */
final class Yaml {

    private Yaml() {}

    static byte[] write(JsonNode tree) {
        return Trees.writePretty(tree);
    }
}
