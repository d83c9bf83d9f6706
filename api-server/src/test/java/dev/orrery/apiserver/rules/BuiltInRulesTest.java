package dev.orrery.apiserver.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.kind.BuiltInRules;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/reference/kubernetes-api/ */
class BuiltInRulesTest {

    record Case(String group, String resource, String object, List<String> faults) {
        @Override
        public String toString() {
            return resource + ": " + String.join(", ", faults);
        }
    }

    private static Case wrong(String group, String resource, String object, String... faults) {
        return new Case(group, resource, object, List.of(faults));
    }

    static Stream<Case> cases() {
        return Stream.of(
                wrong(
                        "",
                        "configmaps",
                        "{data: {'a b': 'x'}}",
                        "data[a b]: Invalid value: \"a b\": a valid config key must consist of"
                                + " alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                                + " 'KEY_NAME',  or 'key-name', regex used for validation is"
                                + " '[-._a-zA-Z0-9]+')"),
                wrong(
                        "",
                        "secrets",
                        "{type: 'kubernetes.io/tls'}",
                        "data[tls.crt]: Required value",
                        "data[tls.key]: Required value"),
                wrong(
                        "",
                        "persistentvolumeclaims",
                        "{spec: {}}",
                        "spec.accessModes: Required value: at least 1 access mode is required",
                        "spec.resources[storage]: Required value"),
                wrong(
                        "",
                        "persistentvolumes",
                        "{spec: {accessModes: ['ReadWriteOnce'], capacity: {storage: '1Gi'}}}",
                        "spec: Required value: must specify a volume type"),
                wrong(
                        "",
                        "nodes",
                        "{spec: {taints: [{key: 'a', effect: 'Push'}]}}",
                        "metadata.taints[0].effect: Unsupported value: \"Push\": supported values:"
                                + " \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""),
                wrong(
                        "policy",
                        "poddisruptionbudgets",
                        "{spec: {minAvailable: 1, maxUnavailable: 1}}",
                        "spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}:"
                                + " minAvailable and maxUnavailable cannot be both set"),
                wrong(
                        "scheduling.k8s.io",
                        "priorityclasses",
                        "{metadata: {name: 'a'}, value: 1000000001}",
                        "value: Forbidden: maximum allowed value of a user defined priority is"
                                + " 1000000000"),
                wrong(
                        "networking.k8s.io",
                        "ingresses",
                        "{spec: {}}",
                        "spec: Invalid value: null: either `defaultBackend` or `rules` must be"
                                + " specified"),
                wrong(
                        "rbac.authorization.k8s.io",
                        "roles",
                        "{rules: [{resources: ['pods'], apiGroups: ['']}]}",
                        "rules[0].verbs: Required value: verbs must contain at least one value"),
                wrong(
                        "autoscaling",
                        "horizontalpodautoscalers",
                        "{spec: {maxReplicas: 1, minReplicas: 2, scaleTargetRef: {kind:"
                                + " 'Deployment', name: 'web'}}}",
                        "spec.maxReplicas: Invalid value: 1: must be greater than or equal to"
                                + " `minReplicas`"),
                wrong(
                        "",
                        "limitranges",
                        "{spec: {limits: [{type: 'Container', min: {cpu: '2'}, max: {cpu:"
                                + " '1'}}]}}",
                        "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than"
                                + " max value 1",
                        "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\": min value 2 is"
                                + " greater than default request value 1",
                        "spec.limits[0].default[cpu]: Invalid value: \"2\": min value 2 is greater"
                                + " than default value 1"),
                wrong(
                        "",
                        "resourcequotas",
                        "{spec: {hard: {bananas: '1'}}}",
                        "spec.hard[bananas]: Invalid value: \"bananas\": must be a standard"
                                + " resource type or fully qualified",
                        "spec.hard[bananas]: Invalid value: \"bananas\": must be a standard"
                                + " resource for quota"));
    }

    private static Rules rules(String group, String resource) {
        return BuiltInRules.of(new GroupResource(group, resource), "v1", "");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(Case given) {
        Rules rules = rules(given.group(), given.resource());
        assertThat(Given.faults(rules, Given.object(given.object()))).isEqualTo(given.faults());
    }

    @Test
    void namespacesCarryTheirName() {
        ObjectNode namespace = Given.object("{metadata: {name: 'blue'}}");

        assertThat(Given.faults(rules("", "namespaces"), namespace)).isEmpty();

        assertThat(namespace)
                .isEqualTo(
                        Given.object(
                                """
                                {metadata: {name: 'blue',
                                   labels: {'kubernetes.io/metadata.name': 'blue'}},
                                 status: {phase: 'Active'}, spec: {finalizers: ['kubernetes']}}
                                """));
    }

    @Test
    void immutableDataStays() {
        assertThat(
                        Given.updateFaults(
                                rules("", "configmaps"),
                                Given.object("{immutable: true, data: {a: 'b'}}"),
                                Given.object("{immutable: true, data: {a: 'c'}}")))
                .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
    }

    @Test
    void secretsTakeTexts() {
        ObjectNode secret = Given.object("{stringData: {password: 'secret'}}");

        assertThat(Given.faults(rules("", "secrets"), secret)).isEmpty();

        assertThat(secret)
                .isEqualTo(Given.object("{type: 'Opaque', data: {password: 'c2VjcmV0'}}"));
    }

    @Test
    void boundClaimsMayGrow() {
        String claim =
                "{spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '%s'}}}}";
        ObjectNode old = Given.object(claim.formatted("1Gi"));
        ObjectNode changed = Given.object(claim.formatted("2Gi"));
        assertThat(Given.updateFaults(rules("", "persistentvolumeclaims"), old, changed))
                .singleElement()
                .asString()
                .startsWith("spec: Forbidden: spec is immutable after creation except");
    }

    @Test
    void otherKindsHaveWhatTheirSchemaRequires() {
        Rules rules =
                BuiltInRules.of(
                        new GroupResource("networking.k8s.io", "ipaddresses"), "v1", "IPAddress");
        assertThat(Given.faults(rules, Given.object("{spec: {parentRef: {name: 'a'}}}")))
                .containsExactly("spec.parentRef.resource: Required value");
    }

    @Test
    void unknownKindsHaveNoRules() {
        assertThat(rules("example.com", "gears")).isSameAs(Rules.NONE);
    }
}
