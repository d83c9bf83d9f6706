package dev.orrery.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.store.ClusterState;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api */
class DiscoveryTest {

    /** There is a group, and when one asks for its versions it has gone. */
    private static final Kinds GOING =
            (Kinds)
                    Proxy.newProxyInstance(
                            DiscoveryTest.class.getClassLoader(),
                            new Class<?>[] {Kinds.class},
                            (_, method, _) ->
                                    method.getName().equals("groups")
                                            ? List.of("going.example.com")
                                            : List.of());

    private final Delegates delegates = new Delegates(() -> ClusterState.EMPTY);

    @Test
    void leavesOutAGroupThatGoesMeanwhile() {
        Discovery discovery = new Discovery(GOING, delegates, "");
        assertThat(discovery.groups().path("groups")).isEmpty();
        assertThat(discovery.group("going.example.com")).isNull();
        AggregatedDiscovery aggregated = new AggregatedDiscovery(GOING, delegates);
        assertThat(aggregated.groups(false, "v2").path("items")).isEmpty();
    }
}
