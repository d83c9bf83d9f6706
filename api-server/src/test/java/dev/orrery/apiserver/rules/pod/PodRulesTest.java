package dev.orrery.apiserver.rules.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Given;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
class PodRulesTest {

    private static final PodRules RULES = new PodRules();

    /**
     * @param spec of the pod; {@code WEB} stands for a container that nothing is wrong with
     */
    record Case(String name, String spec, List<String> faults) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case wrong(String name, String spec, String... faults) {
        return new Case(name, spec, List.of(faults));
    }

    static Stream<Case> cases() {
        return Stream.of(containers(), volumes(), placement(), rest()).flatMap(List::stream);
    }

    private static List<Case> containers() {
        return List.of(
                wrong("fits", "containers: [WEB]"),
                wrong("no containers", "containers: []", "spec.containers: Required value"),
                wrong(
                        "no image",
                        "containers: [{name: 'a'}]",
                        "spec.containers[0].image: Required value"),
                wrong(
                        "name in capitals",
                        "containers: [{name: 'Web', image: 'nginx'}]",
                        "spec.containers[0].name: Invalid value: \"Web\": a lowercase RFC 1123"
                                + " label must consist of lower case alphanumeric characters or '-',"
                                + " and must start and end with an alphanumeric character (e.g."
                                + " 'my-name',  or '123-abc', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"),
                wrong(
                        "same name twice",
                        "containers: [WEB, WEB]",
                        "spec.containers[1].name: Duplicate value: \"web\""),
                wrong(
                        "port too high",
                        "containers: [{name: 'a', image: 'b', ports: [{containerPort: 70000}]}]",
                        "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be"
                                + " between 1 and 65535, inclusive"),
                wrong(
                        "unknown protocol",
                        "containers: [{name: 'a', image: 'b', ports: [{containerPort: 1, protocol:"
                                + " 'ICMP'}]}]",
                        "spec.containers[0].ports[0].protocol: Unsupported value: \"ICMP\":"
                                + " supported values: \"SCTP\", \"TCP\", \"UDP\""),
                wrong(
                        "unknown pull policy",
                        "containers: [{name: 'a', image: 'b', imagePullPolicy: 'Now'}]",
                        "spec.containers[0].imagePullPolicy: Unsupported value: \"Now\": supported"
                                + " values: \"Always\", \"IfNotPresent\", \"Never\""),
                wrong(
                        "request above limit",
                        "containers: [{name: 'a', image: 'b', resources: {limits: {cpu: '1'},"
                                + " requests: {cpu: '1500m'}}}]",
                        "spec.containers[0].resources.requests: Invalid value: \"1500m\": must be"
                                + " less than or equal to cpu limit of 1"),
                wrong(
                        "probe without handler",
                        "containers: [{name: 'a', image: 'b', livenessProbe: {}}]",
                        "spec.containers[0].livenessProbe: Required value: must specify a handler"
                                + " type"),
                wrong(
                        "two successes for liveness",
                        "containers: [{name: 'a', image: 'b', livenessProbe: {exec: {command:"
                                + " ['true']}, successThreshold: 2}}]",
                        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must"
                                + " be 1"),
                wrong(
                        "probe of an init container",
                        "containers: [WEB], initContainers: [{name: 'i', image: 'b', readinessProbe:"
                                + " {exec: {command: ['true']}}}]",
                        "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init"
                                + " containers without restartPolicy=Always"),
                wrong(
                        "value and source",
                        "containers: [{name: 'a', image: 'b', env: [{name: 'X', value: 'y',"
                                + " valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}}]}]",
                        "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be"
                                + " specified when `value` is not empty"),
                wrong(
                        "unknown field",
                        "containers: [{name: 'a', image: 'b', env: [{name: 'X', valueFrom:"
                                + " {fieldRef: {fieldPath: 'spec.image'}}}]}]",
                        "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value:"
                                + " \"spec.image\": error converting fieldPath: field label not"
                                + " supported: spec.image"));
    }

    private static List<Case> volumes() {
        return List.of(
                wrong(
                        "no such volume",
                        "containers: [{name: 'a', image: 'b', volumeMounts: [{name: 'v', mountPath:"
                                + " '/v'}]}]",
                        "spec.containers[0].volumeMounts[0].name: Not found: \"v\""),
                wrong(
                        "two sources",
                        "containers: [WEB], volumes: [{name: 'v', emptyDir: {}, hostPath: {path:"
                                + " '/'}}]",
                        "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume"
                                + " type"),
                wrong(
                        "out of the volume",
                        "containers: [WEB], volumes: [{name: 'v', configMap: {name: 'c', items:"
                                + " [{key: 'k', path: '../k'}]}}]",
                        "spec.volumes[0].configMap.items[0].path: Invalid value: \"../k\": must not"
                                + " contain '..'"),
                wrong(
                        "claim without name",
                        "containers: [WEB], volumes: [{name: 'v', persistentVolumeClaim: {}}]",
                        "spec.volumes[0].persistentVolumeClaim.claimName: Required value"));
    }

    private static List<Case> placement() {
        return List.of(
                wrong(
                        "toleration of everything without Exists",
                        "containers: [WEB], tolerations: [{effect: 'NoSchedule'}]",
                        "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists"
                                + " when `key` is empty, which means \"match all values and all"
                                + " keys\""),
                wrong(
                        "no skew",
                        "containers: [WEB], topologySpreadConstraints: [{topologyKey: 'zone',"
                                + " whenUnsatisfiable: 'DoNotSchedule'}]",
                        "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be"
                                + " greater than zero"),
                wrong(
                        "no term",
                        "containers: [WEB], affinity: {nodeAffinity:"
                                + " {requiredDuringSchedulingIgnoredDuringExecution: {}}}",
                        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                                + ".nodeSelectorTerms: Required value: must have at least one node"
                                + " selector term"),
                wrong(
                        "gated and bound",
                        "containers: [WEB], nodeName: 'n', schedulingGates: [{name: 'g'}]",
                        "spec.nodeName: Forbidden: cannot be set until all schedulingGates have"
                                + " been cleared"));
    }

    private static List<Case> rest() {
        return List.of(
                wrong(
                        "unknown restart policy",
                        "containers: [WEB], restartPolicy: 'Sometimes'",
                        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values:"
                                + " \"Always\", \"OnFailure\", \"Never\""),
                wrong(
                        "no name servers",
                        "containers: [WEB], dnsPolicy: 'None'",
                        "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy`"
                                + " is None"),
                wrong(
                        "deadline of nothing",
                        "containers: [WEB], activeDeadlineSeconds: 0",
                        "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and"
                                + " 2147483647, inclusive"),
                wrong(
                        "ephemeral containers from the start",
                        "containers: [WEB], ephemeralContainers: [{name: 'e', image: 'b'}]",
                        "spec.ephemeralContainers: Forbidden: cannot be set on create"),
                wrong(
                        "sysctl in capitals",
                        "containers: [WEB], securityContext: {sysctls: [{name: 'Foo', value: '1'}]}",
                        "spec.securityContext.sysctls[0].name: Invalid value: \"Foo\": must have at"
                                + " most 253 characters and match regex"
                                + " ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"));
    }

    private static ObjectNode pod(String spec) {
        String web = "{name: 'web', image: 'nginx:1.16'}";
        return Given.object(
                "{metadata: {name: 'p', namespace: 'default'}, spec: {"
                        + spec.replace("WEB", web)
                        + "}}");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(Case given) {
        assertThat(Given.faults(RULES, pod(given.spec()))).isEqualTo(given.faults());
    }

    @Test
    void fillsInWhatIsLeftOut() {
        ObjectNode pod =
                pod(
                        "containers: [{name: 'a', image: 'nginx', ports: [{containerPort: 80}],"
                                + " resources: {limits: {cpu: '0.5'}}}]");

        Given.faults(RULES, pod);

        assertThat(pod.path("spec"))
                .isEqualTo(
                        Given.object(
                                """
                                {containers: [{name: 'a', image: 'nginx',
                                  ports: [{containerPort: 80, protocol: 'TCP'}],
                                  resources: {limits: {cpu: '500m'}, requests: {cpu: '500m'}},
                                  imagePullPolicy: 'Always',
                                  terminationMessagePath: '/dev/termination-log',
                                  terminationMessagePolicy: 'File'}],
                                 dnsPolicy: 'ClusterFirst', restartPolicy: 'Always',
                                 securityContext: {}, terminationGracePeriodSeconds: 30,
                                 schedulerName: 'default-scheduler', enableServiceLinks: true}
                                """));
        assertThat(pod.path("status"))
                .isEqualTo(Given.object("{phase: 'Pending', qosClass: 'Burstable'}"));
    }

    @Test
    void gatedPodsSaySo() {
        ObjectNode pod = pod("containers: [WEB], schedulingGates: [{name: 'example.com/g'}]");

        assertThat(Given.faults(RULES, pod)).isEmpty();

        assertThat(pod.path("status").path("conditions").path(0).path("reason").asText())
                .isEqualTo("SchedulingGated");
    }

    @Test
    void onlyImagesChange() {
        assertThat(
                        Given.updateFaults(
                                RULES,
                                pod("containers: [WEB]"),
                                pod("containers: [{name: 'web', image: 'nginx:1.17'}]")))
                .isEmpty();
        assertThat(
                        Given.updateFaults(
                                RULES,
                                pod("containers: [WEB], hostname: 'a'"),
                                pod("containers: [WEB], hostname: 'b'")))
                .singleElement()
                .asString()
                .startsWith(
                        "spec: Forbidden: pod updates may not change fields other than"
                                + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
                                + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to"
                                + " existing tolerations),`spec.terminationGracePeriodSeconds` (allow"
                                + " it to be set to 1 if it was previously negative)\n");
    }

    @Test
    void containersStay() {
        assertThat(
                        Given.updateFaults(
                                RULES,
                                pod("containers: [WEB]"),
                                pod("containers: [WEB, {name: 'b', image: 'c'}]")))
                .containsExactly(
                        "spec.containers: Forbidden: pod updates may not add or remove containers");
    }
}
