package dev.orrery.machinery.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.machinery.time.WallClock;
import dev.orrery.machinery.trace.OtlpTracer;
import org.junit.jupiter.api.Test;

class CoreRulesTest {

    private static final CoreRules MACHINERY = CoreRules.of("dev.orrery.machinery");

    @Test
    void machineryKeepsToTheRulesBesideItsEdges() {
        MACHINERY
                .except(
                        "dev.orrery.machinery.log.kafka..",
                        "dev.orrery.machinery.store.grpc..",
                        "dev.orrery.machinery.component..")
                .except(WallClock.class)
                .except(OtlpTracer.class)
                .check();
    }

    @Test
    void findsTheClockThatReadsTheTime() {
        assertThatThrownBy(() ->
                        MACHINERY
                                .except(
                                        "dev.orrery.machinery.log.kafka..",
                                        "dev.orrery.machinery.store.grpc..",
                                        "dev.orrery.machinery.component..")
                                .check())
                .hasMessageContaining("reads the system clock")
                .hasMessageContaining("WallClock.java");
    }

    @Test
    void findsTheEdges() {
        assertThatThrownBy(() -> CoreRules.of("dev.orrery.machinery.store").check())
                .hasMessageContaining("belongs to the edges")
                .hasMessageContaining("GrpcTransport");
        assertThatThrownBy(() -> CoreRules.of("dev.orrery.machinery.component").check())
                .hasMessageContaining("starts threads")
                .hasMessageContaining("Services");
    }
}
