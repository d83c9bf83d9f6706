package dev.orrery.machinery.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.testing.World;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/architecture/leases/ */
class LeaderElectionTest {

    private final World world = new World();
    private final List<String> told = new ArrayList<>();
    private final CutOff first = new CutOff();
    private final CutOff second = new CutOff();
    private final LeaderElection one = election("one", first);
    private final LeaderElection two = election("two", second);

    @Test
    void theFirstOneLeadsAndRenews() {
        one.start();
        world.settle();
        assertThat(told).containsExactly("one leads");
        LeaseSpec acquired = spec();
        assertThat(acquired.getHolderIdentity()).isEqualTo("one");
        assertThat(acquired.getLeaseDurationSeconds()).isEqualTo(15);
        assertThat(acquired.getLeaseTransitions()).isZero();

        world.pass(Duration.ofMinutes(1));
        assertThat(spec().getAcquireTime()).isEqualTo(acquired.getAcquireTime());
        assertThat(Duration.between(acquired.getRenewTime(), spec().getRenewTime()))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(told).containsExactly("one leads");
    }

    @Test
    void writesTimesInMicroseconds() {
        one.start();
        world.settle();
        assertThat(world.api.calls().getLast().body())
                .asString(UTF_8)
                .contains("\"acquireTime\":\"2026-01-01T00:00:00.000000Z\"")
                .contains("\"renewTime\":\"2026-01-01T00:00:00.000000Z\"");
    }

    @Test
    void theSecondOneWaitsAsLongAsTheFirstRenews() {
        one.start();
        two.start();
        world.pass(Duration.ofMinutes(10));
        assertThat(told).containsExactly("one leads");
        assertThat(two.isLeading()).isFalse();
    }

    @Test
    void aLeaderThatIsCutOffStopsBeforeTheOtherTakesOver() {
        one.start();
        two.start();
        world.pass(Duration.ofSeconds(30));
        first.isCut = true;
        world.pass(Duration.ofSeconds(10));
        assertThat(told).containsExactly("one leads", "one lost");
        assertThat(one.isLeading()).isFalse();

        world.pass(Duration.ofSeconds(15));
        assertThat(told).containsExactly("one leads", "one lost", "two leads");
        assertThat(spec().getHolderIdentity()).isEqualTo("two");
        assertThat(spec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void shortTroubleCostsNobodyTheLease() {
        one.start();
        two.start();
        world.pass(Duration.ofSeconds(30));
        first.isCut = true;
        world.pass(Duration.ofSeconds(7));
        first.isCut = false;
        world.pass(Duration.ofMinutes(1));
        assertThat(told).containsExactly("one leads");
    }

    @Test
    void whoHearsTooLateThatItLeadsTriesAgain() {
        first.meanwhile = () -> world.clock.advance(Duration.ofSeconds(11));
        one.start();
        world.settle();
        assertThat(spec().getHolderIdentity()).isEqualTo("one");
        assertThat(one.isLeading()).isFalse();

        first.meanwhile = () -> {};
        world.pass(Duration.ofSeconds(5));
        assertThat(told).containsExactly("one leads");
    }

    @Test
    void aLeaderThatStopsGivesTheLeaseBack() {
        one.start();
        two.start();
        world.pass(Duration.ofSeconds(30));
        one.stop();
        world.settle();
        assertThat(spec().getHolderIdentity()).isEmpty();

        // Two retry periods and some jitter, not the lease's fifteen seconds.
        world.pass(Duration.ofSeconds(5));
        assertThat(told).containsExactly("one leads", "two leads");
    }

    @Test
    void aCandidateThatStopsLeavesTheLeaseAlone() {
        one.start();
        world.pass(Duration.ofSeconds(5));
        two.start();
        world.pass(Duration.ofSeconds(5));
        two.stop();
        world.pass(Duration.ofMinutes(1));
        assertThat(spec().getHolderIdentity()).isEqualTo("one");
    }

    @Test
    void clocksThatDifferDoNotMatter() {
        one.start();
        world.pass(Duration.ofSeconds(5));
        // The lease was renewed ages ago, by the clock of whoever wrote it. It counts from sight.
        Lease lease = lease();
        lease.getSpec().setHolderIdentity("stranger");
        lease.getSpec().setRenewTime(spec().getRenewTime().minusYears(1));
        one.stop();
        world.settle();
        world.api.put(lease);
        two.start();
        world.pass(Duration.ofSeconds(14));
        assertThat(two.isLeading()).isFalse();
        world.pass(Duration.ofSeconds(6));
        assertThat(two.isLeading()).isTrue();
    }

    @Test
    void refusesTimesThatLetTwoLead() {
        Duration ten = Duration.ofSeconds(10);
        Duration two = Duration.ofSeconds(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElectionConfig("ns", "name", "id", ten, ten, two));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ElectionConfig("ns", "name", "id", Duration.ofSeconds(15), ten, ten));
    }

    private LeaderElection election(String identity, CutOff connection) {
        return new LeaderElection(
                ElectionConfig.of("kube-scheduler", identity),
                new StoreClient(connection.to(world.api)),
                world.clock,
                world.tasks,
                new Random(identity.hashCode()),
                new LeaderElection.Candidate() {
                    @Override
                    public void lead() {
                        told.add(identity + " leads");
                    }

                    @Override
                    public void lost() {
                        told.add(identity + " lost");
                    }
                });
    }

    private LeaseSpec spec() {
        return lease().getSpec();
    }

    private Lease lease() {
        return world.store.get(Lease.class, "kube-system", "kube-scheduler");
    }
}
