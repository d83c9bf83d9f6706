package dev.orrery.kubelet.mount;

import dev.orrery.userland.file.FileSystem;

/** The volumes that one container mounts. Nothing is made before they are asked for. */
@FunctionalInterface
public interface Mounts {

    Mounts NONE = files -> {};

    /** Mounts them all, when the container's own files are first needed. Any thread. */
    void into(FileSystem files);
}
