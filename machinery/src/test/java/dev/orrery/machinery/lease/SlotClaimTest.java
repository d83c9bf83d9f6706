package dev.orrery.machinery.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.testing.World;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotClaimTest {

    private final World world = new World();
    private final List<String> lost = new ArrayList<>();
    private final CutOff connection = new CutOff();
    private final SlotClaim one = claim("one", connection);
    private final SlotClaim two = claim("two", new CutOff());
    private final SlotClaim three = claim("three", new CutOff());

    @Test
    void threeThatStartTogetherGetThreeNumbers() {
        one.start();
        two.start();
        three.start();
        world.pass(Duration.ofSeconds(10));
        assertThat(List.of(one.await(), two.await(), three.await()))
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(lost).isEmpty();
    }

    @Test
    void whoeverReleasesLeavesTheNumberToTheNext() {
        one.start();
        two.start();
        world.pass(Duration.ofSeconds(10));
        int left = one.await();
        one.release();
        three.start();
        world.pass(Duration.ofSeconds(5));
        assertThat(three.await()).isEqualTo(left);
    }

    @Test
    void theNumberOfOneThatDiedIsFreeWhenItsLeaseHasExpired() {
        one.start();
        world.pass(Duration.ofSeconds(5));
        connection.isCut = true;
        world.pass(Duration.ofSeconds(10));
        two.start();
        world.pass(Duration.ofSeconds(12));
        assertThat(two.slot()).isNotDone();
        world.pass(Duration.ofSeconds(5));
        assertThat(two.slot()).isCompletedWithValue(0);
    }

    @Test
    void whoComesBackToATakenNumberEnds() {
        one.start();
        world.pass(Duration.ofSeconds(5));
        connection.isCut = true;
        two.start();
        world.pass(Duration.ofSeconds(40));
        assertThat(two.slot()).isCompletedWithValue(0);
        assertThat(lost).isEmpty();
        connection.isCut = false;
        world.pass(Duration.ofSeconds(5));
        assertThat(lost).containsExactly("one");
    }

    @Test
    void whoIsCutOffWhileNobodyElseComesGoesOn() {
        one.start();
        world.pass(Duration.ofSeconds(5));
        connection.isCut = true;
        world.pass(Duration.ofMinutes(6));
        connection.isCut = false;
        world.pass(Duration.ofSeconds(5));
        assertThat(lost).isEmpty();
        assertThat(
                        world.store
                                .get(Lease.class, "kube-system", "pool-0")
                                .getSpec()
                                .getHolderIdentity())
                .isEqualTo("one");
    }

    private SlotClaim claim(String identity, CutOff to) {
        return new SlotClaim(
                "pool",
                new StoreClient(to.to(world.api)),
                world.clock,
                world.tasks,
                identity,
                () -> lost.add(identity));
    }
}
