package dev.orrery.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.kind.BuiltInKinds;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.rules.Given;
import dev.orrery.machinery.log.GroupResource;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/reference/kubectl/ */
class TablesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
    private static final String BORN = "creationTimestamp: '2026-01-01T00:59:30Z'";

    record Case(String group, String resource, String object, List<Object> cells) {
        @Override
        public String toString() {
            return resource;
        }
    }

    private static Case row(String group, String resource, String object, Object... cells) {
        return new Case(group, resource, object, List.of(cells));
    }

    static Stream<Case> cases() {
        String template =
                "template: {metadata: {labels: {app: 'a'}}, spec: {containers: [{name: 'web',"
                        + " image: 'nginx:1.16'}]}}";
        String selector = "selector: {matchLabels: {app: 'a'}}";
        return Stream.of(
                row(
                        "apps",
                        "deployments",
                        "spec: {replicas: 3, "
                                + selector
                                + ", "
                                + template
                                + "}, status:"
                                + " {readyReplicas: 2, updatedReplicas: 3, availableReplicas: 1}",
                        "x",
                        "2/3",
                        3L,
                        1L,
                        "30s",
                        "web",
                        "nginx:1.16",
                        "app=a"),
                row(
                        "apps",
                        "replicasets",
                        "spec: {replicas: 3, "
                                + selector
                                + ", "
                                + template
                                + "}, status: {replicas:"
                                + " 2, readyReplicas: 1}",
                        "x",
                        3L,
                        2L,
                        1L,
                        "30s",
                        "web",
                        "nginx:1.16",
                        "app=a"),
                row(
                        "apps",
                        "statefulsets",
                        "spec: {replicas: 2, " + template + "}, status: {}",
                        "x",
                        "0/2",
                        "30s",
                        "web",
                        "nginx:1.16"),
                row(
                        "batch",
                        "jobs",
                        "spec: {completions: 3, "
                                + template
                                + "}, status: {succeeded: 1,"
                                + " startTime: '2026-01-01T00:58:00Z'}",
                        "x",
                        "Running",
                        "1/3",
                        "2m",
                        "30s",
                        "web",
                        "nginx:1.16",
                        "<none>"),
                row(
                        "batch",
                        "cronjobs",
                        "spec: {schedule: '* * * * *', suspend: false, jobTemplate: {spec: {"
                                + template
                                + "}}}, status: {active: [{}]}",
                        "x",
                        "* * * * *",
                        "<none>",
                        "False",
                        1L,
                        "<none>",
                        "30s",
                        "web",
                        "nginx:1.16",
                        "<none>"),
                row(
                        "",
                        "services",
                        "spec: {type: 'NodePort', clusterIPs: ['10.96.0.9'], selector: {a: 'b'},"
                                + " ports: [{port: 80, nodePort: 30080, protocol: 'TCP'}]}",
                        "x",
                        "NodePort",
                        "10.96.0.9",
                        "<none>",
                        "80:30080/TCP",
                        "30s",
                        "a=b"),
                row(
                        "",
                        "nodes",
                        "spec: {unschedulable: true}, status: {conditions: [{type: 'Ready', status:"
                                + " 'True'}], nodeInfo: {kubeletVersion: 'v1.36.0', osImage: 'Clockwork'},"
                                + " addresses: [{type: 'InternalIP', address: '10.0.0.1'}]}",
                        "x",
                        "Ready,SchedulingDisabled",
                        "<none>",
                        "30s",
                        "v1.36.0",
                        "10.0.0.1",
                        "<none>",
                        "Clockwork",
                        "<unknown>",
                        "<unknown>"),
                row(
                        "",
                        "persistentvolumeclaims",
                        "spec: {volumeName: 'pv1', storageClassName: 'standard', volumeMode:"
                                + " 'Filesystem'}, status: {phase: 'Bound', capacity: {storage:"
                                + " '1Gi'}, accessModes: ['ReadWriteOnce']}",
                        "x",
                        "Bound",
                        "pv1",
                        "1Gi",
                        "RWO",
                        "standard",
                        "<unset>",
                        "30s",
                        "Filesystem"),
                row(
                        "",
                        "events",
                        "type: 'Warning', reason: 'FailedScheduling', message: ' 0/3 nodes ',"
                                + " involvedObject: {kind: 'Pod', name: 'p'}, source: {component:"
                                + " 's'}, count: 2, firstTimestamp: '2026-01-01T00:50:00Z',"
                                + " lastTimestamp: '2026-01-01T00:59:00Z'",
                        "60s",
                        "Warning",
                        "FailedScheduling",
                        "pod/p",
                        "",
                        "s",
                        "0/3 nodes",
                        "10m",
                        "2",
                        "x"),
                row(
                        "",
                        "resourcequotas",
                        "status: {hard: {pods: '2', 'limits.cpu': '4'}, used: {pods: '1'}}",
                        "x",
                        "pods: 1/2",
                        "limits.cpu: 0/4",
                        "30s"),
                row(
                        "",
                        "endpoints",
                        "subsets: [{addresses: [{ip: '1.1.1.1'}, {ip: '1.1.1.2'}, {ip: '1.1.1.3'},"
                                + " {ip: '1.1.1.4'}], ports: [{port: 80}]}]",
                        "x",
                        "1.1.1.1:80,1.1.1.2:80,1.1.1.3:80 + 1 more...",
                        "30s"),
                row(
                        "autoscaling",
                        "horizontalpodautoscalers",
                        "spec: {maxReplicas: 5, minReplicas: 1, scaleTargetRef: {kind:"
                                + " 'Deployment', name: 'web'}, metrics: [{type: 'Resource',"
                                + " resource: {name: 'cpu', target: {averageUtilization: 80}}}]}",
                        "x",
                        "Deployment/web",
                        "cpu: <unknown>/80%",
                        "1",
                        5L,
                        0L,
                        "30s"),
                row(
                        "policy",
                        "poddisruptionbudgets",
                        "spec: {minAvailable: '50%'}, status: {disruptionsAllowed: 1}",
                        "x",
                        "50%",
                        "N/A",
                        1L,
                        "30s"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsAsKubectlUsersKnowIt(Case given) {
        Columns columns = BuiltInColumns.of(new GroupResource(given.group(), given.resource()));
        String object = "{metadata: {name: 'x', " + BORN + "}, " + given.object() + "}";

        assertThat(columns.cells(Given.object(object), NOW)).isEqualTo(given.cells());
    }

    @Test
    void everyKindFillsEveryColumn() {
        for (Kind kind : BuiltInKinds.all().all()) {
            List<?> cells = kind.columns().cells(Given.object("{}"), NOW);
            assertThat(cells).as(kind.toString()).hasSameSizeAs(kind.columns().columns());
        }
    }
}
