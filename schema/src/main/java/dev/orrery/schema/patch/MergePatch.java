package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;
import java.util.List;
import java.util.Map;

/** RFC 7386: objects are merged, null removes, everything else replaces. */
public final class MergePatch implements Patch {

    private final ObjectNode patch;
    private final List<String> findings;

    MergePatch(ObjectNode patch, List<String> findings) {
        this.patch = patch;
        this.findings = findings;
    }

    @Override
    public JsonNode apply(ObjectNode current, StructType type) {
        ObjectNode result = current.deepCopy();
        merge(result, patch);
        return result;
    }

    @Override
    public List<String> findings() {
        return findings;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String name = member.getKey();
            switch (member.getValue()) {
                case ObjectNode inner -> {
                    if (!(target.get(name) instanceof ObjectNode)) {
                        target.putObject(name);
                    }
                    merge((ObjectNode) target.get(name), inner);
                }
                case JsonNode value when value.isNull() -> target.remove(name);
                case JsonNode value -> target.set(name, value.deepCopy());
            }
        }
    }
}
