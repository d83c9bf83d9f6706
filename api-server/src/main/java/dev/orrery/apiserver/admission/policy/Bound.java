package dev.orrery.apiserver.admission.policy;

import java.util.List;

/** A policy that is put to use, and the bindings that do it, by name. */
record Bound<P>(P policy, List<Binding> bindings) {

    Bound {
        bindings = List.copyOf(bindings);
    }
}
