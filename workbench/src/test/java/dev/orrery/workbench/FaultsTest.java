package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bounds of <a
 * href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment">rolling
 * updates</a> hold whatever goes wrong.
 */
class FaultsTest {

    private final Trials trials = new Trials(FaultsTest.class, FaultyDeployment::new);

    @BeforeAll
    static void quiet() {
        Trials.quiet();
    }

    @AfterAll
    static void asBefore() {
        Trials.asBefore();
    }

    @Test
    void rolloutsKeepTheirBoundsAndSettleWhateverGoesWrong() {
        assertThat(trials.stories()).isEmpty();
    }
}
