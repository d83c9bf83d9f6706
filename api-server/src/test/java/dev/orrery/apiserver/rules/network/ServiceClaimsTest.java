package dev.orrery.apiserver.rules.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Given;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/ip-address-v1/ */
class ServiceClaimsTest {

    private static final ServiceClaims CLAIMS = new ServiceClaims();
    private static final ObjectNode SERVICE =
            Given.object(
                    "{metadata: {name: 'web', namespace: 'ns', uid: 'u1'}, spec: {clusterIPs:"
                            + " ['10.96.0.9'], ports: [{port: 80, nodePort: 30080}, {port: 81,"
                            + " nodePort: 30080, protocol: 'UDP'}]}}");

    @Test
    void aServiceHasItsAddressAndItsPorts() {
        assertThat(CLAIMS.of(SERVICE))
                .containsExactly(ServiceClaims.address("10.96.0.9"), ServiceClaims.nodePort(30080));
    }

    @Test
    void headlessServicesHaveNothing() {
        assertThat(CLAIMS.of(Given.object("{spec: {clusterIPs: ['None']}}"))).isEmpty();
    }

    @Test
    void marksNameTheService() {
        ObjectNode mark = CLAIMS.mark(ServiceClaims.address("10.96.0.9"), SERVICE, Instant.EPOCH);

        assertThat(mark.path("spec").path("parentRef"))
                .isEqualTo(
                        Given.object(
                                "{group: '', resource: 'services', namespace: 'ns', name: 'web'}"));
        assertThat(CLAIMS.names(mark, SERVICE)).isTrue();
        ObjectNode successor = SERVICE.deepCopy();
        successor.withObjectProperty("metadata").put("uid", "u2");
        assertThat(CLAIMS.names(mark, successor)).isFalse();
    }
}
