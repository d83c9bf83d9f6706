package dev.orrery.kubelet.volume;

import dev.orrery.userland.file.FileSystem;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * Puts a pod's volumes into its containers' file systems. A file system is made when something in a
 * container first needs one, anew for each run: then it is mounted upon, once. For any thread.
 */
public interface VolumeMounts {

    VolumeMounts NONE =
            new VolumeMounts() {
                @Override
                public void mount(
                        Pod pod,
                        Container container,
                        Map<String, String> environment,
                        FileSystem files) {}

                @Override
                public void forget(Pod pod) {}
            };

    /**
     * @param environment of the container, to which paths may refer
     * @param files with the image in it, and what a kubelet writes for every container
     */
    void mount(Pod pod, Container container, Map<String, String> environment, FileSystem files);

    /** The pod is gone, and what its volumes held for its life only. */
    void forget(Pod pod);
}
