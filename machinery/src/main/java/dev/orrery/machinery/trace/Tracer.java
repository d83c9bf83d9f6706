package dev.orrery.machinery.trace;

import java.time.Instant;

/** Writes down what is done on behalf of what. Used from any thread. */
public interface Tracer {

    /** Where nobody listens: a trace that comes in goes on as it came. */
    Tracer NONE = (_, parent, _) -> new Passing(parent);

    /**
     * @param name of what begins: {@code reconcile deployment}
     * @param parent W3C trace context; empty where a trace begins
     */
    Span begin(String name, String parent, Instant now);

    /** Something that goes on. */
    interface Span {

        /** What others are to be told whose work is part of this. */
        String traceparent();

        void end(boolean succeeded, Instant now);
    }

    /** A span that nobody writes down. */
    record Passing(String traceparent) implements Span {

        @Override
        public void end(boolean succeeded, Instant now) {}
    }
}
