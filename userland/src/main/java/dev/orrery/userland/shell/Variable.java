package dev.orrery.userland.shell;

import org.jspecify.annotations.Nullable;

/** A shell variable; without a value it is only marked. */
record Variable(@Nullable String value, boolean exported, boolean readonly) {
    static final Variable NONE = new Variable(null, false, false);
}
