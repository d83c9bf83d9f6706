package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.network.ServiceChanges;
import dev.orrery.apiserver.rules.network.ServiceClaims;
import dev.orrery.apiserver.status.Refusals;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives services the addresses and node ports that they ask for or leave open. Whose they are the
 * {@link ServiceHoldings} say.
 */
public final class ServiceAllocation implements AdmissionPlugin {

    private static final FieldPath ADDRESSES = FieldPath.SPEC.child("clusterIPs");

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode service = attributes.object();
        boolean written =
                Cluster.writes(attributes, Operation.CREATE, Cluster.SERVICES)
                        || Cluster.writes(attributes, Operation.UPDATE, Cluster.SERVICES);
        if (service == null || !written) {
            return;
        }
        ObjectNode spec = Defaults.object(service, "spec");
        ObjectNode old = attributes.old();
        if (old == null) {
            ServiceChanges.alignAddresses(spec, spec.objectNode());
        } else {
            ServiceChanges.carryOver(spec, old.path("spec"));
        }
        FieldErrors errors = new FieldErrors();
        ServiceHoldings holdings = new ServiceHoldings(attributes);
        if (ServiceChanges.needsAddress(spec)) {
            giveAddress(spec, holdings, errors);
            giveFamily(spec);
        }
        if (ServiceChanges.needsNodePort(spec)) {
            giveNodePorts(spec, holdings, errors);
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("", "Service", attributes.name(), errors.all());
        }
    }

    private static void giveAddress(ObjectNode spec, ServiceHoldings holdings, FieldErrors errors) {
        String address = spec.path("clusterIP").asText("");
        if (address.equals("None")) {
            return;
        }
        if (address.isEmpty()) {
            String free = holdings.freeAddress();
            if (free.isEmpty()) {
                errors.invalid(ADDRESSES, null, "failed to allocate a serviceIP: range is full");
                return;
            }
            spec.put("clusterIP", free).putArray("clusterIPs").add(free);
            return;
        }
        JsonNode shown = spec.path("clusterIPs");
        if (!Addresses.isV4(address) || !holdings.isInRange(address)) {
            errors.invalid(
                    ADDRESSES,
                    shown,
                    "failed to allocate IP "
                            + address
                            + ": the provided network does not match the current range");
        } else if (holdings.isTaken(ServiceClaims.address(address))) {
            errors.invalid(
                    ADDRESSES,
                    shown,
                    "failed to allocate IP " + address + ": provided IP is already allocated");
        }
    }

    /** A headless service without pods of its own may have endpoints of either family. */
    private static void giveFamily(ObjectNode spec) {
        boolean headless = spec.path("clusterIP").asText("").equals("None");
        boolean either = headless && spec.path("selector").isEmpty();
        Defaults.text(spec, "ipFamilyPolicy", either ? "RequireDualStack" : "SingleStack");
        if (spec.path("ipFamilies").isEmpty()) {
            var families = spec.putArray("ipFamilies").add("IPv4");
            if (either) {
                families.add("IPv6");
            }
        }
    }

    private static void giveNodePorts(
            ObjectNode spec, ServiceHoldings holdings, FieldErrors errors) {
        Set<Integer> own = new HashSet<>();
        for (JsonNode port : spec.path("ports")) {
            own.add(port.path("nodePort").asInt());
        }
        int index = -1;
        for (ObjectNode port : Defaults.objects(spec, "ports")) {
            index++;
            int number = port.path("nodePort").asInt();
            FieldPath place = FieldPath.SPEC.child("ports").index(index).child("nodePort");
            if (number == 0) {
                int free = holdings.freePort(own);
                if (free == 0) {
                    errors.invalid(place, 0, "failed to allocate a nodePort: range is full");
                    continue;
                }
                own.add(free);
                port.put("nodePort", free);
            } else if (!ServiceRange.containsPort(number)) {
                errors.invalid(
                        place,
                        number,
                        "provided port is not in the valid range. The range of valid ports is "
                                + ServiceRange.PORTS);
            } else if (holdings.isTaken(ServiceClaims.nodePort(number))) {
                errors.invalid(place, number, "provided port is already allocated");
            }
        }
    }
}
