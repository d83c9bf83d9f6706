package dev.orrery.controllermanager.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.FakeApi;
import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
class StatefulSetLoopTest {

    private static final Key WEB = new Key("default", "web");

    private final TestCluster cluster = TestCluster.with(StatefulSetController::loop);

    @Test
    void makesPodsWithNamesPlacesAndStorageOfTheirOwn() {
        create(withStorage(Rows.set(2)));
        run();

        Pod second = cluster.get(Pod.class, "web-1");
        assertThat(second.getSpec().getHostname()).isEqualTo("web-1");
        assertThat(second.getSpec().getSubdomain()).isEqualTo("web");
        assertThat(second.getMetadata().getLabels())
                .containsEntry("statefulset.kubernetes.io/pod-name", "web-1")
                .containsEntry("apps.kubernetes.io/pod-index", "1")
                .containsEntry("controller-revision-hash", set().getStatus().getUpdateRevision());
        assertThat(second.getSpec().getVolumes())
                .singleElement()
                .satisfies(volume ->
                        assertThat(volume.getPersistentVolumeClaim().getClaimName())
                                .isEqualTo("data-web-1"));
        assertThat(cluster.get(PersistentVolumeClaim.class, "data-web-1").getMetadata().getLabels())
                .containsEntry("app", "web");
        assertThat(cluster.events().lines())
                .contains(
                        "Normal SuccessfulCreate create Claim data-web-1 Pod web-1 in StatefulSet"
                                + " web success",
                        "Normal SuccessfulCreate create Pod web-1 in StatefulSet web successful");
        assertThat(set().getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(cluster.writesOfAnotherRun(WEB)).isZero();
    }

    @Test
    void aTemplateThatWasThereBeforeReusesItsRevision() {
        create(Rows.set(2));
        run();
        String first = set().getStatus().getCurrentRevision();
        image("nginx:1.17");
        run();
        assertThat(set().getStatus().getCurrentRevision()).isNotEqualTo(first);

        image("nginx:1.16");
        run();
        assertThat(set().getStatus().getCurrentRevision()).isEqualTo(first);
        assertThat(cluster.list(ControllerRevision.class))
                .extracting(ControllerRevision::getRevision)
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(image(cluster.get(Pod.class, "web-0"))).isEqualTo("nginx:1.16");
    }

    @Test
    void beforeThePartitionPodsComeBackAsTheyWere() {
        create(Rows.set(3, "partition=2"));
        run();
        image("nginx:1.17");
        run();
        cluster.store().delete(Pod.class, "default", "web-0", Deletion.ANY.withGracePeriod(0));
        run();

        assertThat(cluster.list(Pod.class))
                .extracting(StatefulSetLoopTest::image)
                .containsExactly("nginx:1.16", "nginx:1.16", "nginx:1.17");
        assertThat(set().getStatus().getCurrentReplicas()).isEqualTo(2);
        assertThat(set().getStatus().getUpdatedReplicas()).isEqualTo(1);
    }

    @Test
    void keepsAtMostSoManyRevisionsThatNobodyUses() {
        create(change(Rows.set(1), 1));
        for (int i = 17; i < 22; i++) {
            run();
            image("nginx:1." + i);
        }
        run();

        assertThat(cluster.list(ControllerRevision.class))
                .extracting(ControllerRevision::getRevision)
                .containsExactlyInAnyOrder(5L, 6L);
    }

    @Test
    void claimsGoWithTheSetOrWithTheirPlaceAsThePolicySays() {
        StatefulSet set =
                new StatefulSetBuilder(withStorage(Rows.set(2, "parallel")))
                        .editSpec()
                        .withNewPersistentVolumeClaimRetentionPolicy("Delete", "Delete")
                        .endSpec()
                        .build();
        create(set);
        run();
        assertThat(owners("data-web-0")).containsExactly("StatefulSet");

        change(spec -> new StatefulSetBuilder(spec).editSpec().withReplicas(1).endSpec().build());
        assertThat(owners("data-web-0")).containsExactly("StatefulSet");
        assertThat(owners("data-web-1")).containsExactly("Pod");

        change(spec ->
                new StatefulSetBuilder(spec)
                        .editSpec()
                        .withNewPersistentVolumeClaimRetentionPolicy("Retain", "Retain")
                        .endSpec()
                        .build());
        assertThat(owners("data-web-0")).isEmpty();
    }

    @Test
    void waitsForAClaimThatIsBeingDeleted() {
        cluster.create(
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data-web-0")
                        .withNamespace("default")
                        .withFinalizers("kubernetes.io/pvc-protection")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
        cluster.store().delete(PersistentVolumeClaim.class, "default", "data-web-0", Deletion.ANY);
        create(withStorage(Rows.set(1)));

        assertThat(cluster.list(Pod.class)).isEmpty();
    }

    @Test
    void replacesAFailedPodAndTellsOfIt() {
        create(Rows.set(1));
        run();
        Pod pod = cluster.get(Pod.class, "web-0");
        cluster.store()
                .updateStatus(
                        new PodBuilder(pod).editStatus().withPhase("Failed").endStatus().build());
        run();

        assertThat(cluster.get(Pod.class, "web-0").getMetadata().getUid())
                .isNotEqualTo(pod.getMetadata().getUid());
        assertThat(cluster.events().lines())
                .contains(
                        "Warning RecreatingFailedPod StatefulSet default/web is recreating failed"
                                + " Pod web-0");
    }

    @Test
    void adoptsAPodOfItsNameAndLabelsAndLetsGoOfOneThatNoLongerMatches() {
        cluster.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("web-0")
                        .withNamespace("default")
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
        create(Rows.set(1));
        Pod adopted = cluster.get(Pod.class, "web-0");
        assertThat(Owners.isControlledBy(adopted, set())).isTrue();

        cluster.store()
                .update(
                        new PodBuilder(adopted)
                                .editMetadata()
                                .withLabels(Map.of("app", "debug"))
                                .endMetadata()
                                .build());
        cluster.settle();
        assertThat(Owners.controllerOf(cluster.get(Pod.class, "web-0"))).isNull();
    }

    @Test
    void makesNoPodTwiceWhenAnswersAreLostAndTellsOfRefusals() {
        AtomicInteger lost = new AtomicInteger();
        cluster.api()
                .loseAnswers(call ->
                        call.verb() == Verb.CREATE
                                && call.resource().equals("pods")
                                && lost.incrementAndGet() == 1);
        cluster.api()
                .refuse(call ->
                        call.verb() == Verb.CREATE
                                        && call.resource().equals("pods")
                                        && lost.get() == 1
                                ? FakeApi.status(403, "Forbidden", "quota")
                                : null);
        create(Rows.set(2));
        run();
        assertThat(cluster.list(Pod.class)).hasSize(1);
        assertThat(cluster.events().lines())
                .contains(
                        "Warning FailedCreate create Pod web-1 in StatefulSet web failed error:"
                                + " quota");

        cluster.api().refuse(_ -> null);
        cluster.advance(Duration.ofMinutes(5));
        assertThat(cluster.list(Pod.class)).hasSize(2);
    }

    private void create(StatefulSet set) {
        cluster.create(set);
        cluster.settle();
    }

    /** Until nothing changes any more: the kubelet runs what is made and ends what is to end. */
    private void run() {
        for (int i = 0; i < 12; i++) {
            cluster.runPods();
        }
    }

    private StatefulSet set() {
        return cluster.get(StatefulSet.class, "web");
    }

    private void change(UnaryOperator<StatefulSet> change) {
        cluster.store().update(change.apply(set()));
        cluster.settle();
    }

    private void image(String image) {
        change(set ->
                new StatefulSetBuilder(set)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private List<String> owners(String claim) {
        return cluster
                .get(PersistentVolumeClaim.class, claim)
                .getMetadata()
                .getOwnerReferences()
                .stream()
                .map(owner -> owner.getKind())
                .toList();
    }

    private static StatefulSet change(StatefulSet set, int historyLimit) {
        return new StatefulSetBuilder(set)
                .editSpec()
                .withRevisionHistoryLimit(historyLimit)
                .endSpec()
                .build();
    }

    private static StatefulSet withStorage(StatefulSet set) {
        return new StatefulSetBuilder(set)
                .editSpec()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }
}
