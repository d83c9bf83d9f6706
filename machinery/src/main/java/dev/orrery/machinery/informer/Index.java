package dev.orrery.machinery.informer;

import java.util.Collection;
import java.util.function.Function;

/**
 * A look-up of objects by values that are computed from each: pods by the node that they run on.
 */
public record Index<T>(String name, Function<T, Collection<String>> values) {}
