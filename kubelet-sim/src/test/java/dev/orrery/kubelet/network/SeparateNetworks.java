package dev.orrery.kubelet.network;

import dev.orrery.userland.Loopback;
import dev.orrery.userland.Network;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Networks of which each reaches only itself. */
public final class SeparateNetworks implements PodNetworks {

    private final Map<String, Loopback> byAddress = new ConcurrentHashMap<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    @Override
    public Network join(Pod pod, String address) {
        addresses.put(pod.getMetadata().getUid(), address);
        return byAddress.computeIfAbsent(address, Loopback::new);
    }

    @Override
    public void leave(Pod pod) {
        String address = addresses.remove(pod.getMetadata().getUid());
        if (address != null && !addresses.containsValue(address)) {
            byAddress.remove(address);
        }
    }
}
