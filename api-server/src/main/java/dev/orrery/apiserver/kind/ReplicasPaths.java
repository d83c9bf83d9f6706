package dev.orrery.apiserver.kind;

import java.util.List;

/**
 * Where a kind that can be scaled keeps its numbers, each as the names of the fields that lead
 * there.
 *
 * @param selector empty where there is none
 */
public record ReplicasPaths(List<String> spec, List<String> status, List<String> selector) {

    public ReplicasPaths {
        spec = List.copyOf(spec);
        status = List.copyOf(status);
        selector = List.copyOf(selector);
    }

    /**
     * @param path {@code .spec.replicas}
     */
    public static List<String> split(String path) {
        String plain = path.startsWith(".") ? path.substring(1) : path;
        return plain.isEmpty() ? List.of() : List.of(plain.split("\\."));
    }
}
