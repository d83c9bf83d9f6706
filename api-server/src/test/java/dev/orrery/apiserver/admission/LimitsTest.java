package dev.orrery.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Given;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
class LimitsTest {

    private static final String FORBIDDEN = "pods \"x\" is forbidden: ";

    record Case(String limits, String resources, String refusal) {}

    static Stream<Case> limits() {
        return Stream.of(
                new Case("max: {cpu: '1'}", "limits: {cpu: '1'}", ""),
                new Case(
                        "max: {cpu: '1'}",
                        "limits: {cpu: '2'}",
                        FORBIDDEN + "maximum cpu usage per Container is 1, but limit is 2"),
                new Case(
                        "max: {cpu: '1'}",
                        "",
                        FORBIDDEN + "maximum cpu usage per Container is 1. No limit is specified"),
                new Case(
                        "min: {memory: '64Mi'}",
                        "requests: {memory: '32Mi'}",
                        FORBIDDEN
                                + "minimum memory usage per Container is 64Mi, but request is"
                                + " 32Mi"),
                new Case(
                        "maxLimitRequestRatio: {cpu: '2'}",
                        "requests: {cpu: '1'}, limits: {cpu: '3'}",
                        FORBIDDEN
                                + "cpu max limit to request ratio per Container is 2, but provided"
                                + " ratio is 3.000000"),
                new Case(
                        "max: {cpu: '1', memory: '1Gi'}",
                        "limits: {cpu: '2', memory: '2Gi'}",
                        FORBIDDEN
                                + "[maximum cpu usage per Container is 1, but limit is 2, maximum"
                                + " memory usage per Container is 1Gi, but limit is 2Gi]"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void holdsContainersToTheRange(Case given) {
        String pod = "{spec: {containers: [{name: 'a', resources: {" + given.resources() + "}}]}}";
        assertThat(
                        Write.create("", "pods", pod)
                                .in(
                                        "",
                                        "limitranges",
                                        "range",
                                        "{spec: {limits: [{type: 'Container', "
                                                + given.limits()
                                                + "}]}}")
                                .refusal(new LimitRanger()))
                .isEqualTo(given.refusal());
    }

    @Test
    void fillsInDefaultsAndSaysSo() {
        ObjectNode pod =
                Write.create("", "pods", "{spec: {containers: [{name: 'a'}]}}")
                        .in(
                                "",
                                "limitranges",
                                "range",
                                "{spec: {limits: [{type: 'Container', default: {cpu: '1'},"
                                        + " defaultRequest: {cpu: '500m', memory: '1Gi'}}]}}")
                        .past(new LimitRanger());

        assertThat(pod.at("/spec/containers/0/resources"))
                .isEqualTo(
                        Given.object(
                                "{limits: {cpu: '1'}, requests: {cpu: '500m', memory: '1Gi'}}"));
        assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asText())
                .isEqualTo(
                        "LimitRanger plugin set: cpu, memory request for container a; cpu limit for"
                                + " container a");
    }

    @Test
    void countsPodsAgainstTheQuota() {
        assertThat(
                        Write.create("", "pods", "{spec: {containers: [{name: 'a'}]}}")
                                .in("", "resourcequotas", "few", "{spec: {hard: {pods: '2'}}}")
                                .in("", "pods", "p1", "{status: {phase: 'Running'}}")
                                .in("", "pods", "p2", "{status: {phase: 'Pending'}}")
                                .refusalByQuota())
                .isEqualTo(
                        FORBIDDEN
                                + "exceeded quota: few, requested: pods=1, used: pods=2, limited:"
                                + " pods=2");
    }

    @Test
    void podsThatEndedDoNotCount() {
        assertThat(
                        Write.create("", "pods", "{spec: {containers: [{name: 'a'}]}}")
                                .in("", "resourcequotas", "few", "{spec: {hard: {pods: '1'}}}")
                                .in("", "pods", "p1", "{status: {phase: 'Succeeded'}}")
                                .refusalByQuota())
                .isEmpty();
    }

    @Test
    void whatIsLimitedMustBeSaid() {
        assertThat(
                        Write.create("", "pods", "{spec: {containers: [{name: 'a'}]}}")
                                .in(
                                        "",
                                        "resourcequotas",
                                        "compute",
                                        "{spec: {hard: {'requests.cpu': '1', 'limits.memory':"
                                                + " '1Gi'}}}")
                                .refusalByQuota())
                .isEqualTo(
                        FORBIDDEN
                                + "failed quota: compute: must specify limits.memory for: a;"
                                + " requests.cpu for: a");
    }

    @Test
    void sumsWhatPodsRequest() {
        String pod = "{spec: {containers: [{name: 'a', resources: {requests: {cpu: '600m'}}}]}}";
        assertThat(
                        Write.create("", "pods", pod)
                                .in(
                                        "",
                                        "resourcequotas",
                                        "compute",
                                        "{spec: {hard: {'requests.cpu': '1'}}}")
                                .in("", "pods", "p1", pod)
                                .refusalByQuota())
                .isEqualTo(
                        FORBIDDEN
                                + "exceeded quota: compute, requested: requests.cpu=600m, used:"
                                + " requests.cpu=600m, limited: requests.cpu=1");
    }

    @Test
    void quotasCountAnyResource() {
        assertThat(
                        Write.create("apps", "replicasets", "{}")
                                .in(
                                        "",
                                        "resourcequotas",
                                        "sets",
                                        "{spec: {hard: {'count/replicasets.apps': '0'}}}")
                                .refusalByQuota())
                .isEqualTo(
                        "replicasets.apps \"x\" is forbidden: exceeded quota: sets, requested:"
                                + " count/replicasets.apps=1, used: count/replicasets.apps=0, limited:"
                                + " count/replicasets.apps=0");
    }

    @Test
    void quotasMayBeAboutSomePodsOnly() {
        assertThat(
                        Write.create(
                                        "",
                                        "pods",
                                        "{spec: {activeDeadlineSeconds: 9, containers: []}}")
                                .in(
                                        "",
                                        "resourcequotas",
                                        "staying",
                                        "{spec: {hard: {pods: '0'}, scopes: ['NotTerminating']}}")
                                .refusalByQuota())
                .isEmpty();
    }
}
