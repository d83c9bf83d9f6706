package dev.orrery.controllermanager.resourcequota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orrery.machinery.log.GroupResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
class QuotaPlanTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String SMALL =
            "spec: {containers: [{resources: {requests: {cpu: 100m, memory: 64Mi}}}]}";
    private static final String BEST_EFFORT = "spec: {containers: [{}]}";

    /**
     * @param hard names that are limited
     * @param scope fields of the spec beside them
     * @param content kinds and objects
     * @param used of all names, in order
     */
    record Case(String name, String hard, String scope, List<String> content, String used) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("nothing is there", "pods,secrets", "", List.of(), "pods=0,secrets=0"),
                new Case(
                        "requests are summed, under both names",
                        "cpu,requests.cpu,memory,pods",
                        "",
                        List.of("pods " + SMALL, "pods " + SMALL),
                        "cpu=200m,memory=128Mi,pods=2,requests.cpu=200m"),
                new Case(
                        "a pod that has ended only counts as an object",
                        "pods,count/pods,cpu",
                        "",
                        List.of("pods " + SMALL, "pods " + SMALL + "\nstatus: {phase: Succeeded}"),
                        "count/pods=2,cpu=100m,pods=1"),
                new Case(
                        "a pod that should have gone takes nothing",
                        "pods",
                        "",
                        List.of(
                                "pods metadata: {deletionTimestamp: '2026-03-01T11:00:00Z',"
                                        + " deletionGracePeriodSeconds: 30}\n"
                                        + SMALL,
                                "pods metadata: {deletionTimestamp: '2026-03-01T11:59:50Z',"
                                        + " deletionGracePeriodSeconds: 30}\n"
                                        + SMALL),
                        "pods=1"),
                new Case(
                        "best effort",
                        "pods",
                        "scopes: [BestEffort]",
                        List.of("pods " + SMALL, "pods " + BEST_EFFORT),
                        "pods=1"),
                new Case(
                        "not best effort",
                        "pods,cpu",
                        "scopes: [NotBestEffort]",
                        List.of("pods " + SMALL, "pods " + BEST_EFFORT),
                        "cpu=100m,pods=1"),
                new Case(
                        "terminating",
                        "pods",
                        "scopes: [Terminating]",
                        List.of("pods spec: {activeDeadlineSeconds: 5}", "pods " + SMALL),
                        "pods=1"),
                new Case(
                        "priority class",
                        "pods",
                        "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator:"
                                + " In, values: [high]}]}",
                        List.of(
                                "pods spec: {priorityClassName: high}",
                                "pods spec: {priorityClassName: low}"),
                        "pods=1"),
                new Case(
                        "class of volume attributes",
                        "persistentvolumeclaims",
                        "scopeSelector: {matchExpressions: [{scopeName: VolumeAttributesClass,"
                                + " operator: In, values: [gold]}]}",
                        List.of(
                                "persistentvolumeclaims spec: {volumeAttributesClassName: gold}",
                                "persistentvolumeclaims status: {currentVolumeAttributesClassName:"
                                        + " gold}",
                                "persistentvolumeclaims spec: {}"),
                        "persistentvolumeclaims=2"),
                new Case(
                        "services by their types",
                        "services,services.nodeports,services.loadbalancers",
                        "",
                        List.of(
                                "services spec: {type: ClusterIP, ports: [{port: 80}]}",
                                "services spec: {type: NodePort, ports: [{port: 80}, {port: 81}]}",
                                "services spec: {type: LoadBalancer, ports: [{port: 80}]}"),
                        "services=3,services.loadbalancers=1,services.nodeports=3"),
                new Case(
                        "storage, as a whole and by class",
                        "requests.storage,gold.storageclass.storage.k8s.io/requests.storage,"
                                + "gold.storageclass.storage.k8s.io/persistentvolumeclaims",
                        "",
                        List.of(
                                "persistentvolumeclaims spec: {storageClassName: gold, resources:"
                                        + " {requests: {storage: 1Gi}}}",
                                "persistentvolumeclaims spec: {resources: {requests: {storage:"
                                        + " 2Gi}}}"),
                        "gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                                + "gold.storageclass.storage.k8s.io/requests.storage=1Gi,"
                                + "requests.storage=3Gi"),
                new Case(
                        "objects of any kind",
                        "configmaps,count/configmaps,count/deployments.apps,count/widgets.example.com",
                        "",
                        List.of("configmaps {}", "configmaps {}", "deployments.apps {}"),
                        "configmaps=2,count/configmaps=2,count/deployments.apps=1,"
                                + "count/widgets.example.com=0"),
                new Case(
                        "a name that nothing counts under is left out",
                        "example.com/widgets,pods",
                        "",
                        List.of(),
                        "pods=0"),
                new Case(
                        "extended resources",
                        "requests.example.com/gpu",
                        "",
                        List.of(
                                "pods spec: {containers: [{resources: {requests: {example.com/gpu:"
                                        + " '2'}}}]}"),
                        "requests.example.com/gpu=2"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void countsWhatIsUsed(Case given) {
        ResourceQuotaStatus status =
                QuotaPlan.of(quota(given), content(given.content()), NOON).status().orElseThrow();

        assertThat(text(status.getUsed())).isEqualTo(given.used());
        assertThat(status.getHard()).isEqualTo(quota(given).getSpec().getHard());
    }

    @Test
    void hasNothingToSayThatIsSaidAlready() {
        ResourceQuota quota = quota(new Case("", "pods", "", List.of(), ""));
        quota.setStatus(QuotaPlan.of(quota, Content.EMPTY, NOON).status().orElseThrow());

        assertThat(QuotaPlan.of(quota, Content.EMPTY, NOON).status()).isEmpty();
    }

    private static ResourceQuota quota(Case given) {
        Map<String, Quantity> hard =
                Arrays.stream(given.hard().split(","))
                        .collect(Collectors.toMap(name -> name, _ -> new Quantity("100")));
        ResourceQuota quota =
                new ResourceQuotaBuilder().withNewSpec().withHard(hard).endSpec().build();
        if (!given.scope().isEmpty()) {
            try {
                YAML.readerForUpdating(quota.getSpec()).readValue(given.scope());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return quota;
    }

    private static Content content(List<String> lines) {
        Map<GroupResource, Long> counts = new HashMap<>();
        Map<GroupResource, List<JsonNode>> whole = new HashMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            String[] names = line.substring(0, space).split("\\.", 2);
            GroupResource resource = new GroupResource(names.length == 1 ? "" : names[1], names[0]);
            switch (names[0]) {
                case "pods", "services", "persistentvolumeclaims" ->
                        whole.computeIfAbsent(resource, _ -> new ArrayList<>())
                                .add(tree(line.substring(space + 1)));
                default -> counts.merge(resource, 1L, Long::sum);
            }
        }
        return new Content(counts, whole);
    }

    private static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<String, Quantity> amounts) {
        return new TreeMap<>(amounts)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
