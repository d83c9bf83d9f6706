package dev.orrery.kubelet.storage;

import dev.orrery.userland.file.Allowance;
import dev.orrery.userland.file.Volume;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Disks that last as long as the process. */
public final class MemoryVolumes implements VolumeStore {

    private final InstantSource clock;
    private final Allowance allowance;
    private final Map<String, Volume> volumes = new TreeMap<>();

    public MemoryVolumes(InstantSource clock, Allowance allowance) {
        this.clock = clock;
        this.allowance = allowance;
    }

    @Override
    public synchronized Volume open(String name, Form form) {
        Volume volume = volumes.computeIfAbsent(name, _ -> made(form));
        volume.capacityBytes(form.capacityBytes());
        volume.source(form.source());
        return volume;
    }

    private Volume made(Form form) {
        Volume volume =
                new Volume(form.source(), form.type(), form.capacityBytes(), clock, allowance);
        volume.root().mode(form.mode());
        return volume;
    }

    @Override
    public synchronized void delete(String name) {
        volumes.entrySet()
                .removeIf(entry -> {
                    boolean goes =
                            entry.getKey().equals(name) || entry.getKey().startsWith(name + "/");
                    if (goes) {
                        entry.getValue().discard();
                    }
                    return goes;
                });
    }

    @Override
    public synchronized Set<String> names() {
        return Set.copyOf(volumes.keySet());
    }
}
