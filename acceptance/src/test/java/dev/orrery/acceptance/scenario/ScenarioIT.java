package dev.orrery.acceptance.scenario;

import dev.orrery.acceptance.RunningCluster;
import dev.orrery.acceptance.SharedCluster;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The scenarios that do not see each other, side by side. */
@ExtendWith(SharedCluster.class)
class ScenarioIT {

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    List<DynamicTest> sideBySide(RunningCluster cluster) throws IOException {
        return Scenarios.in("", cluster);
    }
}
