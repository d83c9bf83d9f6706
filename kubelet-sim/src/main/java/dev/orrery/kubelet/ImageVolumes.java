package dev.orrery.kubelet;

import dev.orrery.kubelet.files.ContainerFiles;
import dev.orrery.kubelet.image.ImageCatalog;
import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.mount.Images;
import dev.orrery.kubelet.program.ImagePrograms;
import dev.orrery.userland.file.Node;
import java.time.InstantSource;
import java.util.Set;

/** Images of a catalog, with the files that a container of the image would find. */
record ImageVolumes(ImageCatalog catalog, InstantSource clock) implements Images {

    @Override
    public boolean exists(String reference) {
        return ImageReference.parse(reference)
                .map(image -> catalog.exists(image, reference))
                .orElse(false);
    }

    @Override
    public Node files(String reference) {
        ImageProfile profile =
                ImageReference.parse(reference)
                        .map(catalog::profile)
                        .orElseGet(() -> ImageProfile.generic(reference));
        return ContainerFiles.of(new ImagePrograms(profile, Set.of()), false, clock)
                .mounts()
                .getFirst()
                .node();
    }
}
