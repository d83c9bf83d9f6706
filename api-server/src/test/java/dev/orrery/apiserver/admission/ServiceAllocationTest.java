package dev.orrery.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/ */
class ServiceAllocationTest {

    private static final String OTHER =
            "{metadata: {namespace: 'ns'}, spec: {type: 'NodePort', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports:"
                    + " [{port: 80, nodePort: 30080}]}}";

    private static Write create(String spec) {
        return Write.create("", "services", "{spec: {" + spec + "}}");
    }

    @Test
    void givesAnAddress() {
        JsonNode spec = create("type: 'ClusterIP'").past(new ServiceAllocation()).path("spec");

        assertThat(spec.path("clusterIP").asText()).matches("10\\.(9[6-9]|10[0-9]|11[01])\\..*");
        assertThat(spec.path("clusterIPs").path(0)).isEqualTo(spec.path("clusterIP"));
        assertThat(spec.path("ipFamilies").path(0).asText()).isEqualTo("IPv4");
        assertThat(spec.path("ipFamilyPolicy").asText()).isEqualTo("SingleStack");
    }

    @Test
    void givesNodePorts() {
        JsonNode spec =
                create("type: 'NodePort', ports: [{port: 80}, {port: 81}]")
                        .past(new ServiceAllocation())
                        .path("spec");

        int first = spec.at("/ports/0/nodePort").asInt();
        int second = spec.at("/ports/1/nodePort").asInt();
        assertThat(first).isBetween(30000, 32767).isNotEqualTo(second);
        assertThat(second).isBetween(30000, 32767);
    }

    @Test
    void headlessServicesHaveNoAddress() {
        JsonNode spec =
                create("type: 'ClusterIP', clusterIP: 'None'")
                        .past(new ServiceAllocation())
                        .path("spec");

        assertThat(spec.path("clusterIPs").path(0).asText()).isEqualTo("None");
        assertThat(spec.path("ipFamilyPolicy").asText()).isEqualTo("RequireDualStack");
    }

    @Test
    void refusesWhatOthersHave() {
        assertThat(
                        create("type: 'ClusterIP', clusterIP: '10.96.0.9'")
                                .in("", "services", "other", OTHER)
                                .refusal(new ServiceAllocation()))
                .isEqualTo(
                        "Service \"x\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.9\"]:"
                                + " failed to allocate IP 10.96.0.9: provided IP is already allocated");
        assertThat(
                        create("type: 'NodePort', ports: [{port: 80, nodePort: 30080}]")
                                .in("", "services", "other", OTHER)
                                .refusal(new ServiceAllocation()))
                .isEqualTo(
                        "Service \"x\" is invalid: spec.ports[0].nodePort: Invalid value: 30080:"
                                + " provided port is already allocated");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThat(
                        create("type: 'NodePort', ports: [{port: 80, nodePort: 80}]")
                                .refusal(new ServiceAllocation()))
                .isEqualTo(
                        "Service \"x\" is invalid: spec.ports[0].nodePort: Invalid value: 80:"
                                + " provided port is not in the valid range. The range of valid ports"
                                + " is 30000-32767");
        assertThat(
                        create("type: 'ClusterIP', clusterIP: '1.2.3.4'")
                                .refusal(new ServiceAllocation()))
                .isEqualTo(
                        "Service \"x\" is invalid: spec.clusterIPs: Invalid value: [\"1.2.3.4\"]:"
                                + " failed to allocate IP 1.2.3.4: the provided network does not match"
                                + " the current range");
    }

    @Test
    void takesAddressesOfFurtherRanges() {
        assertThat(inRange("True")).isEmpty();
        assertThat(inRange("False")).endsWith("does not match the current range");
    }

    private static String inRange(String ready) {
        return create("type: 'ClusterIP', clusterIP: '1.2.3.4'")
                .in(
                        "networking.k8s.io",
                        "servicecidrs",
                        "more",
                        "{spec: {cidrs: ['1.2.3.0/29']}, status: {conditions: [{type: 'Ready', status: '"
                                + ready
                                + "'}]}}")
                .refusal(new ServiceAllocation());
    }

    @Test
    void respectsClaimsOfServicesOnTheirWay() {
        assertThat(claimed("1970-01-01T00:00:00Z"))
                .endsWith("failed to allocate IP 10.96.0.9: provided IP is already allocated");
    }

    @Test
    void takesOverWhatACrashLeftBehind() {
        assertThat(claimed("1969-12-31T23:00:00Z")).isEmpty();
    }

    /** The write happens at the epoch. */
    private static String claimed(String since) {
        return create("type: 'ClusterIP', clusterIP: '10.96.0.9'")
                .in(
                        "networking.k8s.io",
                        "ipaddresses",
                        "10.96.0.9",
                        "{metadata: {creationTimestamp: '"
                                + since
                                + "', annotations: {'orrery.dev/service-uid': 'gone'}}, spec:"
                                + " {parentRef: {namespace: 'ns', name: 'gone'}}}")
                .refusal(new ServiceAllocation());
    }
}
