package dev.orrery.acceptance.scenario;

import dev.orrery.acceptance.RunningCluster;
import dev.orrery.acceptance.SharedCluster;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scenarios that change nodes, or what the API has or admits, for all: one after the other. */
@ExtendWith(SharedCluster.class)
class LoneScenarioIT {

    @TestFactory
    List<DynamicTest> oneAfterTheOther(RunningCluster cluster) throws IOException {
        return Scenarios.in("alone", cluster);
    }
}
