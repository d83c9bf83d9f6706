package dev.orrery.kubelet.node;

import dev.orrery.kubelet.network.PodCidr;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one node is made of.
 *
 * @param index from 0; decides its addresses
 * @param agentAddress where its kubelet answers api-servers; empty where they know it anyway
 */
public record NodeShape(
        String name, int index, String agentAddress, String cpu, String memory, int pods) {

    /** The annotation that says where the kubelet of a node answers. */
    public static final String AGENT_ADDRESS = "orrery.dev/agent-address";

    private static final int FIRST_ADDRESS = 172 << 24 | 18 << 16 | 2;

    public String address() {
        int bits = FIRST_ADDRESS + index;
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 0xff)
                + "."
                + (bits >>> 8 & 0xff)
                + "."
                + (bits & 0xff);
    }

    public PodCidr podCidr() {
        return new PodCidr(index);
    }

    public Map<String, Quantity> capacity() {
        Map<String, Quantity> capacity = new TreeMap<>();
        capacity.put("cpu", new Quantity(cpu));
        capacity.put("memory", Quantity.parse(memory));
        capacity.put("pods", new Quantity(Integer.toString(pods)));
        capacity.put("ephemeral-storage", Quantity.parse("100Gi"));
        capacity.put("hugepages-1Gi", new Quantity("0"));
        capacity.put("hugepages-2Mi", new Quantity("0"));
        return capacity;
    }
}
