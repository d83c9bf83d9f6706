package dev.orrery.apiserver.rules.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Given;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
class WorkloadRulesTest {

    private static final Rules DEPLOYMENT = new DeploymentRules();
    private static final Rules DAEMON_SET = new DaemonSetRules();
    private static final Rules STATEFUL_SET = new StatefulSetRules();
    private static final Rules JOB = new JobRules();
    private static final Rules CRON_JOB = new CronJobRules();

    private static final String SELECTED =
            "selector: {matchLabels: {app: 'a'}}, template: {metadata: {labels: {app: 'a'}}, spec:"
                    + " {containers: [{name: 'web', image: 'nginx'}]}}";
    private static final String ENDING =
            "template: {spec: {restartPolicy: 'Never', containers: [{name: 'w', image: 'busybox'}]}}";

    record Case(String name, Rules rules, String spec, List<String> faults) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case wrong(String name, Rules rules, String spec, String... faults) {
        return new Case(name, rules, spec, List.of(faults));
    }

    static Stream<Case> cases() {
        return Stream.of(serving(), rows(), ending()).flatMap(List::stream);
    }

    private static List<Case> serving() {
        return List.of(
                wrong("fits", DEPLOYMENT, SELECTED),
                wrong(
                        "negative replicas",
                        DEPLOYMENT,
                        SELECTED + ", replicas: -1",
                        "spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
                wrong(
                        "other labels",
                        DEPLOYMENT,
                        SELECTED.replace("{matchLabels: {app: 'a'}}", "{matchLabels: {app: 'b'}}"),
                        "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector`"
                                + " does not match template `labels`"),
                wrong(
                        "no selector",
                        DEPLOYMENT,
                        SELECTED.replace("selector: {matchLabels: {app: 'a'}}, ", ""),
                        "spec.selector: Required value"),
                wrong(
                        "empty selector",
                        DEPLOYMENT,
                        SELECTED.replace("{matchLabels: {app: 'a'}}", "{}"),
                        "spec.selector: Invalid value: {}: empty selector is invalid for"
                                + " deployment"),
                wrong(
                        "neither more nor fewer",
                        DEPLOYMENT,
                        SELECTED + ", strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}",
                        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0"
                                + " when `maxSurge` is 0"),
                wrong(
                        "more than all",
                        DEPLOYMENT,
                        SELECTED + ", strategy: {rollingUpdate: {maxUnavailable: '150%'}}",
                        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"150%\": must"
                                + " not be greater than 100%"),
                wrong(
                        "rolling and at once",
                        DEPLOYMENT,
                        SELECTED + ", strategy: {type: 'Recreate', rollingUpdate: {}}",
                        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy"
                                + " `type` is 'Recreate'"),
                wrong(
                        "deadline before readiness",
                        DEPLOYMENT,
                        SELECTED + ", minReadySeconds: 10, progressDeadlineSeconds: 10",
                        "spec.progressDeadlineSeconds: Invalid value: 10: must be greater than"
                                + " minReadySeconds"),
                wrong(
                        "ends",
                        DEPLOYMENT,
                        SELECTED.replace("{containers", "{restartPolicy: 'Never', containers"),
                        "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported"
                                + " values: \"Always\""),
                wrong(
                        "surge and unavailable",
                        DAEMON_SET,
                        SELECTED + ", updateStrategy: {rollingUpdate: {maxSurge: 1}}",
                        "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be"
                                + " set when maxUnavailable is non-zero"),
                wrong(
                        "no unavailable",
                        DAEMON_SET,
                        SELECTED + ", updateStrategy: {rollingUpdate: {maxUnavailable: 0}}",
                        "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot"
                                + " be 0 when maxSurge is 0"),
                wrong(
                        "claims are volumes",
                        STATEFUL_SET,
                        "volumeClaimTemplates: [{metadata: {name: 'www'}, spec: {accessModes:"
                                + " ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}}],"
                                + SELECTED.replace(
                                        "image: 'nginx'",
                                        "image: 'nginx', volumeMounts: [{name: 'www', mountPath:"
                                                + " '/w'}]")),
                wrong(
                        "unknown management",
                        STATEFUL_SET,
                        SELECTED + ", podManagementPolicy: 'Random'",
                        "spec.podManagementPolicy: Invalid value: \"Random\": must be"
                                + " 'OrderedReady' or 'Parallel'"));
    }

    /** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
    private static List<Case> rows() {
        return List.of(
                wrong(
                        "an empty row selector",
                        STATEFUL_SET,
                        SELECTED.replace("{matchLabels: {app: 'a'}}", "{}"),
                        "spec.selector: Invalid value: {}: empty selector is invalid for"
                                + " statefulset"),
                wrong(
                        "a partition of nothing",
                        STATEFUL_SET,
                        SELECTED + ", updateStrategy: {rollingUpdate: {partition: -1}}",
                        "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be"
                                + " greater than or equal to 0"),
                wrong(
                        "none may be unavailable",
                        STATEFUL_SET,
                        SELECTED + ", updateStrategy: {rollingUpdate: {maxUnavailable: 0}}",
                        "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot"
                                + " be 0"),
                wrong(
                        "rolling on delete",
                        STATEFUL_SET,
                        SELECTED + ", updateStrategy: {type: 'OnDelete', rollingUpdate: {}}",
                        "spec.updateStrategy.rollingUpdate: Invalid value: {}: only allowed for"
                                + " updateStrategy 'RollingUpdate'"),
                wrong(
                        "ordinals below zero",
                        STATEFUL_SET,
                        SELECTED + ", ordinals: {start: -1}",
                        "spec.ordinals.start: Invalid value: -1: must be greater than or equal to"
                                + " 0"));
    }

    private static List<Case> ending() {
        return List.of(
                wrong("job fits", JOB, ENDING),
                wrong(
                        "runs for ever",
                        JOB,
                        ENDING.replace("restartPolicy: 'Never', ", ""),
                        "spec.template.spec.restartPolicy: Required value: valid values:"
                                + " \"OnFailure\", \"Never\""),
                wrong(
                        "indexed without end",
                        JOB,
                        ENDING + ", completionMode: 'Indexed', parallelism: 1",
                        "spec.completions: Required value: when completion mode is Indexed"),
                wrong(
                        "limit for each index without index",
                        JOB,
                        ENDING + ", backoffLimitPerIndex: 1",
                        "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion"
                                + " mode"),
                wrong(
                        "failure policy without match",
                        JOB,
                        ENDING + ", podFailurePolicy: {rules: [{action: 'Ignore'}]}",
                        "spec.podFailurePolicy.rules[0]: Invalid value: specifying one of"
                                + " OnExitCodes and OnPodConditions is required"),
                wrong("cron job fits", CRON_JOB, cron("*/5 0-6,12 1 jan MON-fri")),
                wrong("every so often", CRON_JOB, cron("@every 1h30m")),
                wrong(
                        "four fields",
                        CRON_JOB,
                        cron("* * * *"),
                        "spec.schedule: Invalid value: \"* * * *\": expected exactly 5 fields,"
                                + " found 4: [* * * *]"),
                wrong(
                        "minute 60",
                        CRON_JOB,
                        cron("60 * * * *"),
                        "spec.schedule: Invalid value: \"60 * * * *\": end of range (60) above"
                                + " maximum (59): 60"),
                wrong(
                        "zone in the schedule",
                        CRON_JOB,
                        cron("TZ=UTC * * * * *"),
                        "spec.schedule: Invalid value: \"TZ=UTC * * * * *\": cannot use TZ or"
                                + " CRON_TZ in schedule, use timeZone field instead"),
                wrong(
                        "zone of nowhere",
                        CRON_JOB,
                        cron("* * * * *") + ", timeZone: 'Moon/Tranquility'",
                        "spec.timeZone: Invalid value: \"Moon/Tranquility\": unknown time zone"
                                + " Moon/Tranquility"));
    }

    private static String cron(String schedule) {
        return "schedule: '" + schedule + "', jobTemplate: {spec: {" + ENDING + "}}";
    }

    private static ObjectNode object(String spec) {
        return Given.object("{metadata: {name: 'x', uid: 'u'}, spec: {" + spec + "}}");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(Case given) {
        assertThat(Given.faults(given.rules(), object(given.spec()))).isEqualTo(given.faults());
    }

    @Test
    void fillsInDeployments() {
        ObjectNode deployment = object(SELECTED);

        Given.faults(DEPLOYMENT, deployment);

        ObjectNode spec = (ObjectNode) deployment.get("spec");
        spec.remove("template");
        assertThat(spec)
                .isEqualTo(
                        Given.object(
                                """
                                {selector: {matchLabels: {app: 'a'}}, replicas: 1,
                                 strategy: {type: 'RollingUpdate',
                                   rollingUpdate: {maxUnavailable: '25%', maxSurge: '25%'}},
                                 revisionHistoryLimit: 10, progressDeadlineSeconds: 600}
                                """));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {}                                          | {type: 'RollingUpdate', rollingUpdate: {partition: 0}}
                    {rollingUpdate: {partition: 2}}             | {type: 'RollingUpdate', rollingUpdate: {partition: 2}}
                    {type: 'RollingUpdate'}                     | {type: 'RollingUpdate'}
                    {type: 'RollingUpdate', rollingUpdate: {}}  | {type: 'RollingUpdate', rollingUpdate: {partition: 0}}
                    {type: 'OnDelete'}                          | {type: 'OnDelete'}
                    """)
    void fillsInTheStrategyOfRows(String written, String filled) {
        ObjectNode set = object(SELECTED + ", updateStrategy: " + written);

        assertThat(Given.faults(STATEFUL_SET, set)).isEmpty();

        assertThat(set.at("/spec/updateStrategy")).isEqualTo(Given.object(filled));
    }

    @Test
    void daemonsAreReplacedOneByOneUnlessToldOtherwise() {
        ObjectNode set = object(SELECTED);

        assertThat(Given.faults(DAEMON_SET, set)).isEmpty();

        assertThat(set.at("/spec/updateStrategy"))
                .isEqualTo(
                        Given.object(
                                "{type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1,"
                                        + " maxSurge: 0}}"));
        assertThat(set.at("/spec/revisionHistoryLimit").asInt()).isEqualTo(10);
    }

    @Test
    void selectorsStay() {
        assertThat(
                        Given.updateFaults(
                                DEPLOYMENT,
                                object(SELECTED),
                                object(SELECTED.replace("'a'", "'b'"))))
                .containsExactly(
                        "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is"
                                + " immutable");
    }

    @Test
    void claimTemplatesStay() {
        assertThat(
                        Given.updateFaults(
                                STATEFUL_SET,
                                object(SELECTED + ", serviceName: 'a'"),
                                object(SELECTED + ", serviceName: 'b'")))
                .containsExactly(
                        "spec: Forbidden: updates to statefulset spec for fields other than"
                                + " 'replicas', 'ordinals', 'template', 'updateStrategy',"
                                + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                                + " 'minReadySeconds' are forbidden");
    }

    @Test
    void jobsSelectTheirOwnPods() {
        ObjectNode job = object(ENDING);

        assertThat(Given.faults(JOB, job)).isEmpty();

        assertThat(job.path("spec").path("selector"))
                .isEqualTo(
                        Given.object("{matchLabels: {'batch.kubernetes.io/controller-uid': 'u'}}"));
        assertThat(job.at("/spec/template/metadata/labels/job-name").asText()).isEqualTo("x");
    }

    @Test
    void completionsStay() {
        ObjectNode old = object(ENDING + ", completions: 1, parallelism: 1");
        Given.faults(JOB, old);
        ObjectNode changed = old.deepCopy();
        ((ObjectNode) changed.get("spec")).put("completions", 2).put("parallelism", 2);

        assertThat(Given.updateFaults(JOB, old, changed))
                .containsExactly("spec.completions: Invalid value: 2: field is immutable");
    }

    /**
     * https://kubernetes.io/docs/concepts/workloads/controllers/job/#mutable-scheduling-directives
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    runs                  | false | {}                                            | false
                    never started         | true  | {}                                            | true
                    suspended again       | true  | {startTime: 't', conditions: [{type: 'Suspended', status: 'True'}]} | true
                    about to be suspended | true  | {startTime: 't'}                              | false
                    still has pods        | true  | {active: 1}                                   | false
                    """)
    void directivesAndResourcesChangeWhileSuspended(
            String name, boolean suspend, String status, boolean allowed) {
        ObjectNode old = object(ENDING + ", suspend: " + suspend);
        Given.faults(JOB, old);
        old.set("status", Given.object(status));
        ObjectNode changed = old.deepCopy();
        ObjectNode pod = (ObjectNode) changed.at("/spec/template/spec");
        pod.putObject("nodeSelector").put("zone", "a");
        ((ObjectNode) pod.at("/containers/0"))
                .putObject("resources")
                .putObject("limits")
                .put("cpu", "1");

        assertThat(Given.updateFaults(JOB, old, changed).isEmpty()).isEqualTo(allowed);
    }
}
