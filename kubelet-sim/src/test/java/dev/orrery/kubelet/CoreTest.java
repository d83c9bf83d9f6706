package dev.orrery.kubelet;

import dev.orrery.machinery.rules.CoreRules;
import org.junit.jupiter.api.Test;

class CoreTest {

    @Test
    void theCoreTakesTheWorldAsItIsGiven() {
        CoreRules.of("dev.orrery.kubelet")
                .except("dev.orrery.kubelet.service..", "dev.orrery.kubelet.agent..")
                .check();
    }
}
