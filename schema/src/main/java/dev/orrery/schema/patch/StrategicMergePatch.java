package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;
import java.util.List;

/**
 * Kubernetes' own: like a merge patch, but lists are merged by the keys of their items where the
 * type says so, and directives say what merging alone cannot.
 */
public final class StrategicMergePatch implements Patch {

    private final ObjectNode patch;
    private final List<String> findings;

    StrategicMergePatch(ObjectNode patch, List<String> findings) {
        this.patch = patch;
        this.findings = findings;
    }

    @Override
    public JsonNode apply(ObjectNode current, StructType type) throws PatchException {
        return new StrategicMerge().object(current.deepCopy(), patch.deepCopy(), type);
    }

    @Override
    public List<String> findings() {
        return findings;
    }
}
