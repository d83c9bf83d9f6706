package dev.orrery.controllermanager.tainteviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
class StayTest {

    private static final Instant SINCE = Instant.parse("2026-03-01T00:00:00Z");

    /** Taints and tolerations written as {@code key:effect} and {@code key:effect:seconds}. */
    @ParameterizedTest(name = "{0} tolerated by {1}, after {2} s: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                        | ''                              | 0  | forever
                    a:NoSchedule              | ''                              | 0  | forever
                    a:NoExecute               | ''                              | 0  | over
                    a:NoExecute               | a:NoExecute                     | 9  | forever
                    a:NoExecute               | a:NoSchedule                    | 0  | over
                    a:NoExecute               | b:NoExecute                     | 0  | over
                    a:NoExecute               | a:NoExecute:60                  | 0  | 60
                    a:NoExecute               | a:NoExecute:60                  | 20 | 40
                    a:NoExecute               | a:NoExecute:60                  | 60 | over
                    a:NoExecute               | a:NoExecute:0                   | 0  | over
                    a:NoExecute               | a:NoExecute:-1                  | 0  | over
                    a:NoExecute b:NoExecute   | a:NoExecute:60 b:NoExecute:30   | 0  | 30
                    a:NoExecute b:NoExecute   | a:NoExecute b:NoExecute:30      | 0  | 30
                    a:NoExecute b:NoExecute   | a:NoExecute:60                  | 0  | over
                    a:NoExecute               | a:NoExecute:60 a:NoExecute      | 0  | 60
                    """)
    void lastsAsLongAsAllTaintsAreTolerated(
            String taints, String tolerations, long seconds, String stay) {
        Instant now = SINCE.plusSeconds(seconds);
        assertThat(text(Stay.of(taints(taints), tolerations(tolerations), SINCE, now), now))
                .isEqualTo(stay);
    }

    private static String text(Stay stay, Instant now) {
        return switch (stay) {
            case Stay.Forever() -> "forever";
            case Stay.Until(Instant end) -> Long.toString(Duration.between(now, end).toSeconds());
            case Stay.Over() -> "over";
        };
    }

    private static List<Taint> taints(String text) {
        return split(text).stream()
                .map(each -> each.split(":"))
                .map(each -> new TaintBuilder().withKey(each[0]).withEffect(each[1]).build())
                .toList();
    }

    private static List<Toleration> tolerations(String text) {
        return split(text).stream()
                .map(each -> each.split(":"))
                .map(each ->
                        new TolerationBuilder()
                                .withKey(each[0])
                                .withOperator("Exists")
                                .withEffect(each[1])
                                .withTolerationSeconds(
                                        each.length < 3 ? null : Long.valueOf(each[2]))
                                .build())
                .toList();
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
