package dev.orrery.apiserver.kind;

import java.util.List;

/** What nodes and pods use: measured at each request and never stored. */
public final class MetricsKinds {

    public static final String GROUP = "metrics.k8s.io";

    private MetricsKinds() {}

    static List<Row> rows() {
        return List.of(
                Row.of(GROUP, "v1beta1", "NodeMetrics", "nodes").cluster().measured(),
                Row.of(GROUP, "v1beta1", "PodMetrics", "pods").measured());
    }
}
