package dev.orrery.kubelet.process;

import java.time.Duration;

/** What a process does as seen from outside. */
public sealed interface Behaviour {

    /** Whether SIGTERM ends it; as process 1 a program without a handler never hears it. */
    boolean heedsTerm();

    /** Runs until it is told to stop. */
    record Forever(boolean heedsTerm) implements Behaviour {}

    /** Ends by itself. */
    record Ends(int code, Duration after, boolean heedsTerm) implements Behaviour {}
}
