package dev.orrery.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Given;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/ */
class PluginsTest {

    private static final String POD = "{spec: {containers: [{name: 'a'}, {name: 'b'}]}}";

    @Test
    void podsNeedTheirServiceAccount() {
        assertThat(Write.create("", "pods", POD).refusal(new ServiceAccount()))
                .isEqualTo(
                        "pods \"x\" is forbidden: error looking up service account ns/default:"
                                + " serviceaccount \"default\" not found");
    }

    @Test
    void podsFindTheirTokenInAVolume() {
        ObjectNode pod =
                Write.create("", "pods", POD)
                        .in("", "serviceaccounts", "default", "{imagePullSecrets: [{name: 's'}]}")
                        .past(new ServiceAccount());

        JsonNode spec = pod.path("spec");
        String volume = spec.at("/volumes/0/name").asText();
        assertThat(volume).matches("kube-api-access-[a-z0-9]{5}");
        assertThat(spec.path("serviceAccountName").asText()).isEqualTo("default");
        assertThat(spec.path("imagePullSecrets")).hasSize(1);
        for (JsonNode container : spec.path("containers")) {
            assertThat(container.at("/volumeMounts/0"))
                    .isEqualTo(
                            Given.object(
                                    "{name: '"
                                            + volume
                                            + "', readOnly: true, mountPath:"
                                            + " '/var/run/secrets/kubernetes.io/serviceaccount'}"));
        }
    }

    @Test
    void whoWantsNoTokenGetsNone() {
        ObjectNode pod =
                Write.create(
                                "",
                                "pods",
                                "{spec: {automountServiceAccountToken: false, containers: [{}]}}")
                        .in("", "serviceaccounts", "default", "{}")
                        .past(new ServiceAccount());

        assertThat(pod.path("spec").has("volumes")).isFalse();
    }

    @Test
    void podsLeaveLostNodesAfterFiveMinutes() {
        ObjectNode pod =
                Write.create(
                                "",
                                "pods",
                                "{spec: {tolerations: [{key: 'node.kubernetes.io/not-ready',"
                                        + " effect: 'NoExecute', tolerationSeconds: 5}]}}")
                        .past(new DefaultTolerationSeconds());

        assertThat(pod.at("/spec/tolerations/1"))
                .isEqualTo(
                        Given.object(
                                "{key: 'node.kubernetes.io/unreachable', operator: 'Exists',"
                                        + " effect: 'NoExecute', tolerationSeconds: 300}"));
        assertThat(pod.at("/spec/tolerations")).hasSize(2);
    }

    @Test
    void prioritiesComeFromTheClass() {
        Write write =
                Write.create("", "pods", "{spec: {priorityClassName: 'high'}}")
                        .in(
                                "scheduling.k8s.io",
                                "priorityclasses",
                                "high",
                                "{value: 1000, preemptionPolicy: 'Never'}");

        assertThat(write.past(new Priority()).path("spec"))
                .isEqualTo(
                        Given.object(
                                "{priorityClassName: 'high', priority: 1000, preemptionPolicy:"
                                        + " 'Never'}"));
    }

    @Test
    void unknownPrioritiesAreRefused() {
        assertThat(
                        Write.create("", "pods", "{spec: {priorityClassName: 'high'}}")
                                .refusal(new Priority()))
                .isEqualTo("pods \"x\" is forbidden: no PriorityClass with name high was found");
    }

    @Test
    void prioritiesAreNotForUsersToSet() {
        assertThat(Write.create("", "pods", "{spec: {priority: 5}}").refusal(new Priority()))
                .isEqualTo(
                        "pods \"x\" is forbidden: the integer value of priority (5) must not be"
                                + " provided in pod spec; priority admission controller computed 0"
                                + " from the given PriorityClass name");
    }

    @Test
    void newNodesAreNotReady() {
        assertThat(
                        Write.create("", "nodes", "{}")
                                .past(new TaintNodesByCondition())
                                .at("/spec/taints/0"))
                .isEqualTo(
                        Given.object(
                                "{key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'}"));
    }

    @Test
    void claimsGetTheNewestDefaultClass() {
        String mark = "annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}";
        ObjectNode claim =
                Write.create("", "persistentvolumeclaims", "{spec: {}}")
                        .in(
                                "storage.k8s.io",
                                "storageclasses",
                                "old",
                                "{metadata: {creationTimestamp: '2026-01-01T00:00:00Z', "
                                        + mark
                                        + "}}")
                        .in(
                                "storage.k8s.io",
                                "storageclasses",
                                "new",
                                "{metadata: {creationTimestamp: '2026-01-02T00:00:00Z', "
                                        + mark
                                        + "}}")
                        .past(new DefaultStorageClass());

        assertThat(claim.at("/spec/storageClassName").asText()).isEqualTo("new");
    }

    @Test
    void claimsInUseAreProtected() {
        assertThat(
                        Write.create("", "persistentvolumeclaims", "{}")
                                .past(new StorageObjectInUseProtection())
                                .at("/metadata/finalizers/0")
                                .asText())
                .isEqualTo("kubernetes.io/pvc-protection");
    }

    @Test
    void onlyBoundClaimsGrow() {
        String claim = "{spec: {resources: {requests: {storage: '%s'}}}}";
        assertThat(
                        Write.update(
                                        "",
                                        "persistentvolumeclaims",
                                        claim.formatted("1Gi"),
                                        claim.formatted("2Gi"))
                                .refusal(new PersistentVolumeClaimResize()))
                .isEqualTo(
                        "persistentvolumeclaims \"x\" is forbidden: Only bound persistent volume"
                                + " claims can be expanded");
    }

    @Test
    void runtimeClassesMustExist() {
        assertThat(
                        Write.create("", "pods", "{spec: {runtimeClassName: 'gears'}}")
                                .refusal(new RuntimeClass()))
                .isEqualTo(
                        "pods \"x\" is forbidden: pod rejected: RuntimeClass \"gears\" not found");
    }
}
