package dev.orrery.apiserver.node;

import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Which run's log is wanted, and which part of it.
 *
 * @param tailLines {@link #ALL}, or at most so many
 * @param since {@link Instant#EPOCH} for all
 * @param limitBytes 0 for no limit
 */
public record LogQuery(
        String podUid,
        String containerId,
        boolean follow,
        boolean timestamps,
        long tailLines,
        Instant since,
        long limitBytes) {

    public static final long ALL = -1;

    private static final String SINCE_TIME = "sinceTime";
    private static final String SINCE_SECONDS = "sinceSeconds";

    static LogQuery of(String podUid, String containerId, Parameters options, Instant now) {
        return new LogQuery(
                podUid,
                containerId,
                options.flag("follow"),
                options.flag("timestamps"),
                options.number("tailLines", ALL),
                since(options, now),
                options.number("limitBytes", 0));
    }

    /** Refuses what Kubernetes refuses in PodLogOptions. */
    static void check(Parameters options, String pod) {
        FieldErrors errors = new FieldErrors();
        if (options.number("tailLines", 0) < 0) {
            errors.invalid(
                    new FieldPath("tailLines"),
                    options.number("tailLines", 0),
                    "must be greater than or equal to 0");
        }
        if (options.number("limitBytes", 1) < 1) {
            errors.invalid(
                    new FieldPath("limitBytes"),
                    options.number("limitBytes", 1),
                    "must be greater than 0");
        }
        if (options.has(SINCE_SECONDS) && options.has(SINCE_TIME)) {
            errors.forbidden(
                    new FieldPath(""),
                    "at most one of `sinceTime` or `sinceSeconds` may be specified");
        } else if (options.number(SINCE_SECONDS, 1) < 1) {
            errors.invalid(
                    new FieldPath(SINCE_SECONDS),
                    options.number(SINCE_SECONDS, 1),
                    "must be greater than 0");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("", "PodLogOptions", pod, errors.all());
        }
    }

    private static Instant since(Parameters options, Instant now) {
        if (options.has(SINCE_TIME)) {
            try {
                return OffsetDateTime.parse(options.text(SINCE_TIME)).toInstant();
            } catch (DateTimeException _) {
                throw Refusals.badRequest(
                        "parsing time \"" + options.text(SINCE_TIME) + "\": cannot parse");
            }
        }
        long seconds = options.number(SINCE_SECONDS, 0);
        return seconds == 0 ? Instant.EPOCH : now.minusSeconds(seconds);
    }
}
