package dev.orrery.controllermanager.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/ */
class TtlLoopTest {

    private final TestCluster cluster = TestCluster.with(TtlController::loop);

    @Test
    void deletesAJobAfterItsTime() {
        create(100);
        cluster.advance(Duration.ofHours(1));
        assertThat(isLeaving()).isFalse();
        end();
        cluster.advance(Duration.ofSeconds(98));
        assertThat(isLeaving()).isFalse();
        cluster.advance(Duration.ofSeconds(3));

        assertThat(isLeaving()).isTrue();
        assertThat(job().getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
    }

    @Test
    void deletesAtOnceWhereItIsTold() {
        create(0);
        end();
        assertThat(isLeaving()).isTrue();
    }

    @Test
    void keepsAJobWithoutSuchATime() {
        create(null);
        end();
        cluster.advance(Duration.ofDays(7));
        assertThat(isLeaving()).isFalse();
    }

    @Test
    void heedsATimeThatIsSetLater() {
        create(null);
        end();
        cluster.advance(Duration.ofDays(7));
        cluster.store()
                .update(
                        new JobBuilder(job())
                                .editSpec()
                                .withTtlSecondsAfterFinished(60)
                                .endSpec()
                                .build());
        cluster.settle();
        assertThat(isLeaving()).isTrue();
    }

    private boolean isLeaving() {
        return Owners.isBeingDeleted(job());
    }

    private Job job() {
        return cluster.get(Job.class, "pi");
    }

    private void create(@Nullable Integer seconds) {
        cluster.create(
                new JobBuilder()
                        .withNewMetadata()
                        .withName("pi")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withTtlSecondsAfterFinished(seconds)
                        .endSpec()
                        .build());
        cluster.settle();
    }

    private void end() {
        cluster.store()
                .updateStatus(
                        new JobBuilder(job())
                                .withNewStatus()
                                .addNewCondition()
                                .withType("Failed")
                                .withStatus("True")
                                .withLastTransitionTime(cluster.now().toString())
                                .endCondition()
                                .endStatus()
                                .build());
        cluster.settle();
    }
}
