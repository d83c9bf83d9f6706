package dev.orrery.machinery.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a record says about the write that made it.
 *
 * @param prev the resourceVersion that the record replaces; 0 if the object must not exist
 * @param id of the write, unique; by it the writer knows its own record again
 * @param actor the user or component, with its user agent
 * @param cause the resourceVersions that the writer declares it was reacting to; empty if unknown
 * @param seen the highest resourceVersion that the actor had been shown; 0 if unknown
 * @param traceparent W3C trace context, or empty
 * @param time when the api-server appended it
 */
public record WriteHeader(
        long prev,
        String id,
        String actor,
        List<Long> cause,
        long seen,
        String traceparent,
        Instant time) {

    public WriteHeader {
        if (prev < 0 || seen < 0) {
            throw new IllegalArgumentException("a resourceVersion is not negative");
        }
        requireNonNull(id);
        requireNonNull(actor);
        requireNonNull(traceparent);
        requireNonNull(time);
        cause = List.copyOf(cause);
    }
}
