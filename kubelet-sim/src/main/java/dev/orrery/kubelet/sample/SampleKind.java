package dev.orrery.kubelet.sample;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the sample API server keeps. */
enum SampleKind {
    FISCHER,
    FLUNDER;

    String singular() {
        return name().toLowerCase(Locale.ROOT);
    }

    String plural() {
        return singular() + "s";
    }

    String title() {
        return name().charAt(0) + singular().substring(1);
    }

    boolean namespaced() {
        return this == FLUNDER;
    }

    static @Nullable SampleKind of(String plural) {
        for (SampleKind kind : values()) {
            if (kind.plural().equals(plural)) {
                return kind;
            }
        }
        return null;
    }
}
