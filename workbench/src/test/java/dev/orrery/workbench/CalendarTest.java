package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Weeks of <a
 * href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/">CronJobs</a> whose
 * Jobs <a href="https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/">go by
 * themselves</a>, in which clocks are put forward or back, and controllers are killed now and then.
 */
class CalendarTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int TTL_SECONDS = 600;

    @BeforeAll
    static void quiet() {
        Trials.quiet();
    }

    @AfterAll
    static void asBefore() {
        Trials.asBefore();
    }

    /** On Sundays at two: forward in March, back in November. Half past three is always there. */
    @ParameterizedTest
    @CsvSource({"2026-03-05, 7, 1", "2026-10-31, 2, 2"})
    void runsEachJobOnceAtItsTimeAndForgetsItInTime(LocalDate first, int days, long seed) {
        LocalDate last = first.plusDays(days);
        Instant begin = first.atStartOfDay(ZONE).toInstant();
        Workbench workbench = Workbench.startAt(begin, seed, 1, Faults.NONE);
        workbench.admin().create(cronJob("nightly", "30 3 * * *"));
        workbench.admin().create(cronJob("hourly", "0 * * * *"));
        SplittableRandom accidents = new SplittableRandom(seed);
        while (workbench.now().isBefore(end(last))) {
            workbench.run(Duration.ofMinutes(1 + accidents.nextLong(300)));
            workbench.restart("kube-controller-manager");
        }

        Map<String, List<Instant>> scheduled = scheduled(workbench.history(), end(last));
        assertThat(scheduled.get("nightly")).isEqualTo(nights(first, last));
        assertThat(scheduled.get("hourly")).isEqualTo(hours(begin, end(last)));
        assertThat(lives(workbench.history()))
                .hasSizeGreaterThan(days * 20)
                .allSatisfy(life -> assertThat(life).isEqualTo(Duration.ofSeconds(TTL_SECONDS)));
    }

    private static Instant end(LocalDate last) {
        return last.atStartOfDay(ZONE).toInstant();
    }

    private static List<Instant> nights(LocalDate first, LocalDate last) {
        return first.datesUntil(last)
                .map(day -> day.atTime(LocalTime.of(3, 30)).atZone(ZONE).toInstant())
                .toList();
    }

    private static List<Instant> hours(Instant begin, Instant end) {
        List<Instant> hours = new ArrayList<>();
        for (Instant hour = begin.plusSeconds(3600);
                hour.isBefore(end);
                hour = hour.plusSeconds(3600)) {
            hours.add(hour);
        }
        return hours;
    }

    /** The times that Jobs were made for, by CronJob. */
    private static Map<String, List<Instant>> scheduled(List<LogRecord> history, Instant end) {
        Map<String, List<Instant>> times = new TreeMap<>();
        for (LogRecord record : history) {
            byte[] value = record.value();
            if (isJob(record) && value != null && record.header().prev() == 0) {
                JsonNode metadata = Json.read(value, JsonNode.class).path("metadata");
                Instant time =
                        Instant.parse(
                                metadata.path("annotations")
                                        .path("batch.kubernetes.io/cronjob-scheduled-timestamp")
                                        .asText());
                if (time.isBefore(end)) {
                    times.computeIfAbsent(
                                    metadata.path("ownerReferences").path(0).path("name").asText(),
                                    _ -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        return times;
    }

    /** How long each Job that has gone lay finished, to the second. */
    private static List<Duration> lives(List<LogRecord> history) {
        Map<String, Instant> finished = new TreeMap<>();
        List<Duration> lives = new ArrayList<>();
        for (LogRecord record : history) {
            byte[] value = record.value();
            if (!isJob(record)) {
                continue;
            }
            String name = record.key().name();
            if (value != null) {
                String time =
                        Json.read(value, JsonNode.class)
                                .path("status")
                                .path("completionTime")
                                .asText("");
                if (!time.isEmpty()) {
                    finished.putIfAbsent(name, Instant.parse(time));
                }
            } else if (finished.containsKey(name)) {
                Duration life = Duration.between(finished.get(name), record.header().time());
                lives.add(Duration.ofSeconds(life.toSeconds()));
            }
        }
        return lives;
    }

    private static boolean isJob(LogRecord record) {
        return record.key().resource().resource().equals("jobs");
    }

    private static io.fabric8.kubernetes.api.model.batch.v1.CronJob cronJob(
            String name, String schedule) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSchedule(schedule)
                .withTimeZone(ZONE.getId())
                .withSuccessfulJobsHistoryLimit(100)
                .withNewJobTemplate()
                .withNewSpec()
                .withTtlSecondsAfterFinished(TTL_SECONDS)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("work")
                .withImage("busybox:1.28")
                .withCommand("sleep", "5")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }
}
