package dev.orrery.machinery.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
class MetricsTest {

    @Test
    void printsWhatWasCountedInPrometheusForm() {
        Metrics metrics = new Metrics();
        metrics.gauge("workqueue_depth", "name=\"job\"", () -> 3);
        metrics.count("rest_client_requests_total", "code=\"200\",method=\"GET\"");
        metrics.count("rest_client_requests_total", "code=\"200\",method=\"GET\"");
        metrics.took("took_seconds", "", Duration.ofMillis(3));

        assertThat(metrics.text())
                .contains("# TYPE rest_client_requests_total counter\n")
                .contains("rest_client_requests_total{code=\"200\",method=\"GET\"} 2\n")
                .contains("# TYPE workqueue_depth gauge\nworkqueue_depth{name=\"job\"} 3\n")
                .contains("# TYPE took_seconds histogram\n")
                .contains("took_seconds_bucket{le=\"0.0025\"} 0\n")
                .contains("took_seconds_bucket{le=\"0.005\"} 1\n")
                .contains("took_seconds_bucket{le=\"+Inf\"} 1\n")
                .contains("took_seconds_sum 0.003000\ntook_seconds_count 1\n");
    }
}
