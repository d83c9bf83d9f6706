package dev.orrery.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An object that has been read by its schema: no unknown fields, no nulls, nothing that is the same
 * as absent, and quantities and times in their canonical form.
 *
 * @param object the caller's own; with apiVersion and kind if the body had them
 * @param apiVersion as the body says it; empty where it does not
 * @param kind as the body says it; empty where it does not
 * @param findings what a strict reader objects to: {@code unknown field "spec.foo"}
 */
public record Decoded(ObjectNode object, String apiVersion, String kind, List<String> findings) {

    public Decoded {
        findings = List.copyOf(findings);
    }

    public boolean isStrict() {
        return findings.isEmpty();
    }

    /** All findings in Kubernetes' one sentence. */
    public String strictError() {
        return "strict decoding error: " + String.join(", ", findings);
    }
}
