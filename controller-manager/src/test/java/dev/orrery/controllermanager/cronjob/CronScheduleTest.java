package dev.orrery.controllermanager.cronjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
class CronScheduleTest {

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    * * * * *             | 2026-03-01T00:00:00Z    | 2026-03-01T00:01:00Z
                    * * * * *             | 2026-03-01T00:00:59.9Z  | 2026-03-01T00:01:00Z
                    */15 * * * *          | 2026-03-01T00:44:59Z    | 2026-03-01T00:45:00Z
                    */15 * * * *          | 2026-03-01T23:45:00Z    | 2026-03-02T00:00:00Z
                    5/20 * * * *          | 2026-03-01T00:06:00Z    | 2026-03-01T00:25:00Z
                    20-35/15 * * * *      | 2026-03-01T00:20:00Z    | 2026-03-01T00:35:00Z
                    0 3 * * *             | 2026-03-01T03:00:00Z    | 2026-03-02T03:00:00Z
                    30 6-16/4 * * 1-5     | 2026-02-27T14:30:00Z    | 2026-03-02T06:30:00Z
                    0 0 13 * 5            | 2026-03-01T00:00:00Z    | 2026-03-06T00:00:00Z
                    0 0 13 * ?            | 2026-03-01T00:00:00Z    | 2026-03-13T00:00:00Z
                    0 0 ? * FRI           | 2026-03-01T00:00:00Z    | 2026-03-06T00:00:00Z
                    0 0 */2 * 1           | 2026-03-02T00:00:00Z    | 2026-03-03T00:00:00Z
                    0 0 31 * *            | 2026-03-31T00:00:00Z    | 2026-05-31T00:00:00Z
                    0 0 29 2 *            | 2026-03-01T00:00:00Z    | 2028-02-29T00:00:00Z
                    0 12 * jan,Jul SUN    | 2026-03-01T00:00:00Z    | 2026-07-05T12:00:00Z
                    @hourly               | 2026-03-01T00:00:00Z    | 2026-03-01T01:00:00Z
                    @daily                | 2026-03-01T00:00:00Z    | 2026-03-02T00:00:00Z
                    @midnight             | 2026-03-01T00:00:01Z    | 2026-03-02T00:00:00Z
                    @weekly               | 2026-03-01T00:00:00Z    | 2026-03-08T00:00:00Z
                    @monthly              | 2026-03-01T00:00:00Z    | 2026-04-01T00:00:00Z
                    @yearly               | 2026-03-01T00:00:00Z    | 2027-01-01T00:00:00Z
                    @annually             | 2026-03-01T00:00:00Z    | 2027-01-01T00:00:00Z
                    @every 1h30m          | 2026-03-01T00:00:10.5Z  | 2026-03-01T01:30:10Z
                    """)
    void comesNext(String schedule, Instant after, Instant expected) {
        assertThat(next(schedule, after, "UTC")).contains(expected);
    }

    @ParameterizedTest(name = "{0} in {1} after {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # Clocks go from 02:00 to 03:00: half past two does not come that day.
                    30 2 * * * | Europe/Berlin    | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z
                    0 * * * *  | Europe/Berlin    | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z
                    0 3 * * *  | Europe/Berlin    | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
                    # Clocks go from 03:00 to 02:00: half past two comes twice.
                    30 2 * * * | Europe/Berlin    | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z
                    30 2 * * * | Europe/Berlin    | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z
                    30 2 * * * | Europe/Berlin    | 2026-10-25T01:30:00Z | 2026-10-26T01:30:00Z
                    # Midnight itself is skipped: the day begins at 01:00.
                    0 * 4 11 * | America/Sao_Paulo | 2018-11-04T02:30:00Z | 2018-11-04T03:00:00Z
                    0 9 * * *  | Asia/Kolkata     | 2026-03-01T00:00:00Z | 2026-03-01T03:30:00Z
                    """)
    void followsTheClockOfItsZone(String schedule, String zone, Instant after, Instant expected) {
        assertThat(next(schedule, after, zone)).contains(expected);
    }

    @Test
    void neverComes() {
        assertThat(next("59 23 31 2 *", Instant.parse("2026-03-01T00:00:00Z"), "UTC")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 7",
                "5-1 * * * *",
                "*/0 * * * *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "a * * * *",
                "@sometimes",
                "@every",
                "@every x",
                "TZ=UTC * * * * *"
            })
    void isRefused(String schedule) {
        assertThatThrownBy(() -> CronSchedule.parse(schedule))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<Instant> next(String schedule, Instant after, String zone) {
        return CronSchedule.parse(schedule).next(after, ZoneId.of(zone));
    }
}
