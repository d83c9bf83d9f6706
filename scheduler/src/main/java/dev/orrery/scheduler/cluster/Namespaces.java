package dev.orrery.scheduler.cluster;

import java.util.Map;

/** The labels of namespaces, for the selectors that go by them. */
@FunctionalInterface
public interface Namespaces {

    Map<String, String> labels(String namespace);
}
