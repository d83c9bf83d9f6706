package dev.orrery.apiserver.rules.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Given;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/services-networking/service/ */
class ServiceRulesTest {

    private static final ServiceRules RULES = new ServiceRules();

    record Case(String name, String spec, List<String> faults) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case wrong(String name, String spec, String... faults) {
        return new Case(name, spec, List.of(faults));
    }

    static Stream<Case> cases() {
        return Stream.of(
                wrong("fits", "ports: [{port: 80}]"),
                wrong("no ports", "selector: {app: 'a'}", "spec.ports: Required value"),
                wrong("headless without ports", "clusterIP: 'None', clusterIPs: ['None']"),
                wrong(
                        "two ports without names",
                        "ports: [{port: 80}, {port: 81}]",
                        "spec.ports[0].name: Required value",
                        "spec.ports[1].name: Required value"),
                wrong(
                        "no such type",
                        "type: 'Magic', ports: [{port: 80}]",
                        "spec.type: Unsupported value: \"Magic\": supported values: \"ClusterIP\","
                                + " \"ExternalName\", \"LoadBalancer\", \"NodePort\""),
                wrong(
                        "node port of the wrong type",
                        "ports: [{port: 80, nodePort: 30080}]",
                        "spec.ports[0].nodePort: Forbidden: may not be used when `type` is"
                                + " 'ClusterIP'"),
                wrong(
                        "same port twice",
                        "ports: [{name: 'a', port: 80}, {name: 'b', port: 80}]",
                        "spec.ports[1]: Duplicate value: {\"protocol\":\"TCP\",\"port\":80}"),
                wrong("external name fits", "type: 'ExternalName', externalName: 'example.com'"),
                wrong(
                        "external name without name",
                        "type: 'ExternalName'",
                        "spec.externalName: Required value"),
                wrong(
                        "port zero",
                        "ports: [{port: 0}]",
                        "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535,"
                                + " inclusive",
                        "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535,"
                                + " inclusive"));
    }

    private static ObjectNode service(String spec) {
        return Given.object("{metadata: {name: 'x'}, spec: {" + spec + "}}");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(Case given) {
        assertThat(Given.faults(RULES, service(given.spec()))).isEqualTo(given.faults());
    }

    @Test
    void addressesStay() {
        String one = "clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{port: 80}]";
        assertThat(Given.updateFaults(RULES, service(one), service(one.replace("6.0.9", "6.0.8"))))
                .containsExactly(
                        "spec.clusterIPs[0]: Invalid value: [\"10.96.0.8\"]: may not change once"
                                + " set");
    }

    @Test
    void anUpdateMayLeaveOutWhatWasAllocated() {
        ObjectNode old =
                service(
                        "type: 'NodePort', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'],"
                                + " ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack',"
                                + " ports: [{port: 80, nodePort: 30080}]");
        ObjectNode changed = service("type: 'NodePort', ports: [{port: 80}], selector: {a: 'b'}");

        assertThat(Given.updateFaults(RULES, old, changed)).isEmpty();

        assertThat(changed.at("/spec/clusterIP").asText()).isEqualTo("10.96.0.9");
        assertThat(changed.at("/spec/ports/0/nodePort").asInt()).isEqualTo(30080);
    }

    @Test
    void nodePortsGoWithTheType() {
        ObjectNode old =
                service(
                        "type: 'NodePort', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'],"
                                + " ports: [{port: 80, nodePort: 30080}]");
        ObjectNode changed = old.deepCopy();
        ((ObjectNode) changed.get("spec")).put("type", "ClusterIP");

        assertThat(Given.updateFaults(RULES, old, changed)).isEmpty();

        assertThat(changed.at("/spec/ports/0").has("nodePort")).isFalse();
        assertThat(changed.path("spec").has("externalTrafficPolicy")).isFalse();
    }
}
