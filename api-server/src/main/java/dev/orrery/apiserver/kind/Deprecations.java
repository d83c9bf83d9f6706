package dev.orrery.apiserver.kind;

import java.util.List;
import java.util.Map;

/** What clients are told that use a kind which Kubernetes advises against. */
public final class Deprecations {

    private static final Map<String, String> WARNINGS =
            Map.of(
                    "v1 ComponentStatus",
                    "v1 ComponentStatus is deprecated in v1.19+",
                    "v1 Endpoints",
                    "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

    private Deprecations() {}

    /** For any request for the kind, whatever its outcome. */
    public static List<String> of(Kind kind) {
        if (kind.custom() != null) {
            return kind.custom().warnings();
        }
        String warning = WARNINGS.get(kind.toString());
        return warning == null ? List.of() : List.of(warning);
    }
}
