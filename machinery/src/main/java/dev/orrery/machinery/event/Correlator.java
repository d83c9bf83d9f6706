package dev.orrery.machinery.event;

import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.time.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides what becomes of an occurrence, with the figures of Kubernetes' recorder: a new event, one
 * more of an event that is there, one of many similar ones that are told as one, or nothing because
 * its source tells too much of its object. Used by one thread at a time.
 */
final class Correlator {

    static final String COMBINED = "(combined from similar events): ";

    /** So many different messages in the window are still told one by one; the next is combined. */
    private static final int TOLD_APART = 9;

    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** One source may tell so much of one object at once, and then once in five minutes. */
    private static final int BURST = 25;

    private static final double PER_SECOND = 1.0 / 300;

    private final Clock clock;
    private final Supplier<String> nameSuffixes;
    private final RecentlyUsed<Object, Similar> similar;
    private final RecentlyUsed<Object, Series> told;
    private final RecentlyUsed<Object, TokenBucket> allowances;

    /**
     * @param nameSuffixes yields another text each time
     * @param remembered how many events and objects are kept in mind
     */
    Correlator(Clock clock, Supplier<String> nameSuffixes, int remembered) {
        this.clock = clock;
        this.nameSuffixes = nameSuffixes;
        this.similar = new RecentlyUsed<>(remembered);
        this.told = new RecentlyUsed<>(remembered);
        this.allowances = new RecentlyUsed<>(remembered);
    }

    /**
     * The series that the occurrence belongs to, itself included; empty if it is not to be told.
     */
    Optional<Series> correlate(Occurrence occurrence) {
        boolean combined = isOneOfMany(occurrence);
        Object key = combined ? occurrence.alike() : occurrence.same();
        Occurrence newest =
                combined ? occurrence.withMessage(COMBINED + occurrence.message()) : occurrence;
        Series before = told.get(key);
        Series series = before == null ? begin(newest) : before.and(newest);
        told.put(key, series);
        return isAllowed(occurrence) ? Optional.of(series) : Optional.empty();
    }

    private Series begin(Occurrence first) {
        String name = first.regarding().name() + "." + nameSuffixes.get();
        return new Series(name, first.at(), 1, first);
    }

    private boolean isOneOfMany(Occurrence occurrence) {
        Similar record = similar.get(occurrence.alike());
        if (record == null || record.isOlderThan(occurrence.at().minus(WINDOW))) {
            record = new Similar(new HashSet<>(), occurrence.at());
        }
        boolean fits =
                record.messages().contains(occurrence.message())
                        || record.messages().size() < TOLD_APART;
        if (fits) {
            record.messages().add(occurrence.message());
        }
        similar.put(occurrence.alike(), new Similar(record.messages(), occurrence.at()));
        return !fits;
    }

    private boolean isAllowed(Occurrence occurrence) {
        return allowances
                .computeIfAbsent(
                        new SourceOfObject(occurrence.source(), occurrence.regarding().whole()),
                        _ -> new TokenBucket(clock, PER_SECOND, BURST))
                .tryTake();
    }

    private record SourceOfObject(Occurrence.Source source, Occurrence.Regarding regarding) {}

    private record Similar(Set<String> messages, Instant last) {

        boolean isOlderThan(Instant time) {
            return last.isBefore(time);
        }
    }

    /**
     * One Event object: what happened once or several times.
     *
     * @param name of the Event
     * @param count at least 1
     */
    record Series(String name, Instant first, int count, Occurrence newest) {

        Series and(Occurrence another) {
            return new Series(name, first, count + 1, another);
        }
    }
}
