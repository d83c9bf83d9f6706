package dev.orrery.machinery.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a Lease says, and what the next one should. */
final class LeaseRecord {

    private LeaseRecord() {}

    /** Empty if nobody holds it. */
    static String holder(Lease lease) {
        return Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
    }

    static Duration duration(Lease lease) {
        return Duration.ofSeconds(orZero(lease.getSpec().getLeaseDurationSeconds()));
    }

    static Lease first(ElectionConfig config, Instant now) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(config.namespace())
                .withName(config.name())
                .endMetadata()
                .withSpec(spec(config, now, now, 0))
                .build();
    }

    /** The same candidate, longer. */
    static Lease renewed(Lease held, ElectionConfig config, Instant now) {
        ZonedDateTime acquired = held.getSpec().getAcquireTime();
        return with(
                held,
                spec(
                        config,
                        acquired == null ? now : acquired.toInstant(),
                        now,
                        transitions(held)));
    }

    /** Another candidate than before. */
    static Lease taken(Lease expired, ElectionConfig config, Instant now) {
        return with(expired, spec(config, now, now, transitions(expired) + 1));
    }

    /** Nobody's: the next candidate need not wait. */
    static Lease released(Lease held, ElectionConfig config, Instant now) {
        LeaseSpec spec = spec(config, now, now, transitions(held));
        spec.setHolderIdentity("");
        spec.setLeaseDurationSeconds(1);
        return with(held, spec);
    }

    private static LeaseSpec spec(
            ElectionConfig config, Instant acquired, Instant renewed, int transitions) {
        LeaseSpec spec = new LeaseSpec();
        spec.setHolderIdentity(config.identity());
        spec.setLeaseDurationSeconds((int) config.leaseDuration().toSeconds());
        spec.setAcquireTime(time(acquired));
        spec.setRenewTime(time(renewed));
        spec.setLeaseTransitions(transitions);
        return spec;
    }

    private static Lease with(Lease lease, LeaseSpec spec) {
        return new LeaseBuilder(lease).withSpec(spec).build();
    }

    private static int transitions(Lease lease) {
        return orZero(lease.getSpec().getLeaseTransitions());
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static ZonedDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
