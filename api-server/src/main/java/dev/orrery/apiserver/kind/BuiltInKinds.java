package dev.orrery.apiserver.kind;

import java.util.List;
import java.util.stream.Stream;

/** The table of every kind that Kubernetes' own API groups serve, in discovery's order. */
public final class BuiltInKinds {

    private static final KindTable ALL =
            new KindTable(
                    Stream.of(
                                    CoreKinds.rows(),
                                    WorkloadKinds.rows(),
                                    ClusterKinds.rows(),
                                    PolicyKinds.rows(),
                                    ExtensionKinds.rows(),
                                    MetricsKinds.rows())
                            .flatMap(List::stream)
                            .map(Row::build)
                            .toList());

    private BuiltInKinds() {}

    public static KindTable all() {
        return ALL;
    }
}
