package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkbenchTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void nodesComeUp() {
        Workbench workbench = Workbench.start(1, 3, Faults.NONE);

        assertThat(workbench.runUntil(() -> nodes(workbench) == 3, PATIENCE)).isTrue();
    }

    @Test
    void aDeploymentBecomesReady() {
        Workbench workbench = Workbench.start(1, 3, Faults.NONE);
        WebDeployment web = WebDeployment.create(workbench, 5, "nginx:1.16");

        assertThat(web.settles("nginx:1.16", PATIENCE))
                .as(() -> Story.tell(workbench.history(), 12))
                .isTrue();
    }

    private static int nodes(Workbench workbench) {
        StoreClient admin = workbench.admin();
        return admin.list(Node.class, "").size();
    }
}
