package dev.orrery.controllermanager.podautoscaler;

import java.util.List;

/** Where the use of resources is read. Blocks; any thread. */
@FunctionalInterface
public interface MetricsSource {

    /**
     * The pods of a namespace that a selector, written as in a query, selects.
     *
     * @throws MetricException where it cannot be said
     */
    List<PodUsage> of(String namespace, String selector);
}
