package dev.orrery.kubelet.network;

import org.jspecify.annotations.Nullable;

/** Of a port. */
enum Protocol {
    TCP,
    UDP;

    /** A port that does not say is one of TCP. */
    boolean is(@Nullable String name) {
        return (name == null || name.isEmpty()) ? (this == TCP) : name().equals(name);
    }
}
