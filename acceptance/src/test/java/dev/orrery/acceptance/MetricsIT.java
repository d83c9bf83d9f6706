package dev.orrery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What dashboards ask for is there, and counts.
 * https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
@EnabledIfSystemProperty(named = "faults", matches = ".+")
class MetricsIT {

    private static final Map<Integer, String[]> OF_PORT =
            Map.of(
                    2,
                    new String[] {
                        "scheduler_schedule_attempts_total{profile=\"default-scheduler\",result=\"scheduled\"}",
                        "scheduler_pending_pods{queue=\"active\"}",
                        "scheduler_scheduling_attempt_duration_seconds_bucket",
                        "rest_client_requests_total{code=\"201\",method=\"CREATE\"}"
                    },
                    3,
                    new String[] {
                        "workqueue_depth{name=\"deployment\"}",
                        "workqueue_adds_total{name=\"deployment\"}",
                        "workqueue_queue_duration_seconds_count{name=\"deployment\"}",
                        "workqueue_work_duration_seconds_sum{name=\"deployment\"}",
                        "orrery_log_apply_latency_seconds_bucket"
                    },
                    4,
                    new String[] {
                        "rest_client_request_duration_seconds_count", "orrery_log_applied"
                    });

    @Test
    void everyServiceCountsUnderTheNamesThatDashboardsKnow() {
        try (RunningCluster cluster = RunningCluster.start("--nodes 2")) {
            Shell shell = cluster.shell();
            shell.must("kubectl create deployment web --image nginx --replicas 3");
            shell.must("kubectl rollout status deployment web --timeout 60s");
            assertThat(shell.must("kubectl get --raw /metrics"))
                    .contains("apiserver_request_total{code=\"201\",verb=\"CREATE\"")
                    .contains("apiserver_request_duration_seconds_bucket{verb=\"CREATE\"")
                    .contains("apiserver_current_inflight_requests{request_kind=\"mutating\"} ")
                    .contains("orrery_log_write_duration_seconds_count ");
            OF_PORT.forEach((offset, names) ->
                    assertThat(
                                    shell.must(
                                            "curl -sf http://127.0.0.1:%d/metrics"
                                                    .formatted(cluster.port() + offset)))
                            .contains(names));
        }
    }
}
