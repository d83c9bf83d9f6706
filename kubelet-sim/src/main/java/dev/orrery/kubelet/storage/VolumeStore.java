package dev.orrery.kubelet.storage;

import dev.orrery.userland.file.Volume;
import java.util.Set;

/**
 * The disks of all nodes of a process, by name. What is on a disk outlives those who mount it, and
 * it is read when it is first mounted. For any thread.
 */
public interface VolumeStore {

    /** The disk of this name, made on first use; the same one for all who have it open. */
    Volume open(String name, Form form);

    /** Deletes the disk of that name, and every one whose name begins with it and a slash. */
    void delete(String name);

    /** Of all disks on which anything was ever written. */
    Set<String> names();
}
