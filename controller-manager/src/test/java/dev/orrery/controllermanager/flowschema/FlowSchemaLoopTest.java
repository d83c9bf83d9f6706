package dev.orrery.controllermanager.flowschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchema;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaBuilder;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaCondition;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfiguration;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfigurationBuilder;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/ */
class FlowSchemaLoopTest {

    private final TestCluster cluster = TestCluster.with(FlowSchemaController::loop);

    @Test
    void saysWhetherThePriorityLevelIsThere() {
        cluster.create(schema());
        cluster.settle();
        assertThat(said("Dangling"))
                .isEqualTo(
                        "True NotFound This FlowSchema references the PriorityLevelConfiguration"
                                + " object named \"tide\" but there is no such object");

        cluster.create(
                new PriorityLevelConfigurationBuilder()
                        .withNewMetadata()
                        .withName("tide")
                        .endMetadata()
                        .withNewSpec()
                        .withType("Limited")
                        .endSpec()
                        .build());
        cluster.settle();
        assertThat(said("Dangling"))
                .isEqualTo(
                        "False Found This FlowSchema references the PriorityLevelConfiguration"
                                + " object named \"tide\" and it exists");
        assertThat(cluster.writesOfAnotherRun(new Key("", "ships"))).isZero();

        cluster.store().delete(PriorityLevelConfiguration.class, "", "tide", Deletion.ANY);
        cluster.settle();
        assertThat(said("Dangling")).startsWith("True");
    }

    @Test
    void leavesTheConditionsOfOthers() {
        cluster.create(schema());
        cluster.settle();
        cluster.store()
                .updateStatus(
                        new FlowSchemaBuilder(get())
                                .withNewStatus()
                                .addNewCondition()
                                .withType("Told")
                                .withStatus("True")
                                .endCondition()
                                .endStatus()
                                .build());
        cluster.settle();
        assertThat(said("Told")).startsWith("True");
        assertThat(said("Dangling")).startsWith("True");
    }

    private static FlowSchema schema() {
        return new FlowSchemaBuilder()
                .withNewMetadata()
                .withName("ships")
                .endMetadata()
                .withNewSpec()
                .withNewPriorityLevelConfiguration()
                .withName("tide")
                .endPriorityLevelConfiguration()
                .endSpec()
                .build();
    }

    private FlowSchema get() {
        return cluster.store().get(FlowSchema.class, "", "ships");
    }

    private String said(String type) {
        FlowSchemaCondition condition =
                get().getStatus().getConditions().stream()
                        .filter(present -> present.getType().equals(type))
                        .findFirst()
                        .orElseThrow();
        return condition.getStatus() + " " + condition.getReason() + " " + condition.getMessage();
    }
}
