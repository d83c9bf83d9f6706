package dev.orrery.controllermanager.job;

import static dev.orrery.controllermanager.job.JobCluster.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.FakeApi;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Verb;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever write is refused or goes unanswered, each pod is counted once. */
class CountingTest {

    private final JobCluster pi = new JobCluster();

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("a status", Write.STATUS, 1),
                Arguments.of("the status after", Write.STATUS, 2),
                Arguments.of("a later status", Write.STATUS, 3),
                Arguments.of("letting go", Write.LET_GO, 1),
                Arguments.of("letting another go", Write.LET_GO, 2),
                Arguments.of("a creation", Write.CREATE, 1),
                Arguments.of("another creation", Write.CREATE, 3));
    }

    @ParameterizedTest(name = "refused: {0}, {2}")
    @MethodSource("faults")
    void countsOnceAlthoughRefused(String name, Write kind, int which) {
        AtomicInteger seen = new AtomicInteger();
        Answer away = FakeApi.status(503, "ServiceUnavailable", "away");
        pi.cluster
                .api()
                .refuse(call -> kind.is(call) && seen.incrementAndGet() == which ? away : null);

        runToTheEnd();
    }

    @ParameterizedTest(name = "unanswered: {0}, {2}")
    @MethodSource("faults")
    void countsOnceAlthoughUnanswered(String name, Write kind, int which) {
        AtomicInteger seen = new AtomicInteger();
        pi.cluster.api().loseAnswers(call -> kind.is(call) && seen.incrementAndGet() == which);

        runToTheEnd();
    }

    private void runToTheEnd() {
        pi.create(spec(4, 2));
        pi.wait(Duration.ofMinutes(1));
        pi.fail(pi.active().getFirst());
        pi.wait(Duration.ofMinutes(1));
        for (int round = 0; round < 3; round++) {
            pi.succeedAll();
            pi.wait(Duration.ofMinutes(1));
        }
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
        assertThat(pi.succeeded()).isEqualTo(4);
        assertThat(pi.failed()).isEqualTo(1);
        assertThat(pi.pods()).hasSize(5).noneMatch(Tracking::isTracked);
    }

    enum Write {
        STATUS,
        LET_GO,
        CREATE;

        boolean is(Call call) {
            return switch (this) {
                case STATUS ->
                        call.subresource().equals("status") && call.resource().equals("jobs");
                case LET_GO -> call.verb() == Verb.PATCH;
                case CREATE -> call.verb() == Verb.CREATE && call.resource().equals("pods");
            };
        }
    }
}
