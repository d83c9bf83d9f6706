package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.environment.Variables;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mounts of one run of a container. A path within a volume is followed when the container is
 * made, and stays what it was then: that is why a file mounted so does not change any more.
 */
final class ContainerMounts implements Mounts {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    private final List<One> mounts = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    private record One(String path, Supplier<Node> node, boolean readOnly) {}

    private record Block(String path, Supplier<RegularFile> file) {}

    private ContainerMounts() {}

    static Mounts of(PodVolumes volumes, Container container, Map<String, String> environment)
            throws MountException {
        if (container.getVolumeMounts().isEmpty() && container.getVolumeDevices().isEmpty()) {
            return NONE;
        }
        ContainerMounts all = new ContainerMounts();
        for (VolumeMount mount : container.getVolumeMounts()) {
            all.add(volumes, container, mount, environment);
        }
        all.mounts.sort(Comparator.comparingInt(each -> depth(each.path())));
        for (VolumeDevice device : container.getVolumeDevices()) {
            all.add(volumes, container, device);
        }
        return all;
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    private void add(
            PodVolumes volumes,
            Container container,
            VolumeMount mount,
            Map<String, String> environment)
            throws MountException {
        Volume volume = volumes.volume(mount.getName());
        if (volume == null) {
            throw new MountException(
                    "cannot find volume \"%s\" to mount into container \"%s\""
                            .formatted(mount.getName(), container.getName()));
        }
        String within = within(mount, environment);
        boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly()) || isReadOnly(volume);
        if (within.isEmpty()) {
            mounts.add(new One(clean(mount.getMountPath()), () -> volumes.root(volume), readOnly));
        } else {
            Node node = follow(volumes.root(volume), within, container, mount);
            mounts.add(new One(clean(mount.getMountPath()), () -> node, readOnly));
        }
    }

    /** Files that the kubelet provides are its own to write. */
    private static boolean isReadOnly(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null
                || volume.getImage() != null
                || (volume.getPersistentVolumeClaim() != null
                        && Boolean.TRUE.equals(volume.getPersistentVolumeClaim().getReadOnly()));
    }

    private static String clean(String path) {
        String whole = path.startsWith("/") ? path : "/" + path;
        return whole.length() > 1 ? whole.replaceAll("/+$", "") : whole;
    }

    private static String within(VolumeMount mount, Map<String, String> environment)
            throws MountException {
        String expression = mount.getSubPathExpr();
        String path = mount.getSubPath() == null ? "" : mount.getSubPath();
        if (expression != null && !expression.isEmpty()) {
            checkReferences(expression, environment);
            path = Variables.expand(expression, environment);
        }
        if (path.startsWith("/")) {
            throw new MountException("error SubPath `" + path + "` must not be an absolute path");
        }
        if (List.of(path.split("/")).contains("..")) {
            throw new MountException(
                    "unable to provision SubPath `" + path + "`: must not contain '..'");
        }
        return path;
    }

    private static void checkReferences(String expression, Map<String, String> environment)
            throws MountException {
        TreeSet<String> missing = new TreeSet<>();
        Matcher references = REFERENCE.matcher(expression);
        while (references.find()) {
            String name = references.group(1);
            if (name != null && environment.getOrDefault(name, "").isEmpty()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new MountException("missing value for " + String.join(", ", missing));
        }
    }

    /** A directory that is missing is made, with the mode of the volume's own. */
    private static Node follow(Node root, String within, Container container, VolumeMount mount)
            throws MountException {
        if (!(root instanceof Directory directory)) {
            throw failed("prepare subPath", container, mount);
        }
        FileSystem volume = new FileSystem(directory);
        try {
            Node found = volume.find("/" + within, User.ROOT);
            return found == null ? made(volume, directory, within) : found;
        } catch (FileException refused) {
            throw failed("create subPath directory", container, mount);
        }
    }

    private static Node made(FileSystem volume, Directory root, String within) {
        StringBuilder path = new StringBuilder();
        for (String name : within.split("/+")) {
            path.append('/').append(name);
            if (volume.find(path.toString(), User.ROOT) == null) {
                volume.makeDirectory(path.toString(), root.mode(), User.ROOT);
            }
        }
        return volume.get(path.toString(), User.ROOT);
    }

    private static MountException failed(String what, Container container, VolumeMount mount) {
        return new MountException(
                "failed to %s for volumeMount \"%s\" of container \"%s\""
                        .formatted(what, mount.getName(), container.getName()));
    }

    private void add(PodVolumes volumes, Container container, VolumeDevice device)
            throws MountException {
        Volume volume = volumes.volume(device.getName());
        PersistentVolume disk = volume == null ? null : volumes.disk(volume);
        if (disk == null) {
            throw new MountException(
                    "cannot find volume \"%s\" to pass into container \"%s\""
                            .formatted(device.getName(), container.getName()));
        }
        blocks.add(new Block(device.getDevicePath(), () -> volumes.blocks(disk)));
    }

    @Override
    public void into(FileSystem files) {
        mounts.forEach(each -> files.mount(each.path(), each.node().get(), each.readOnly()));
        blocks.forEach(each -> files.disk(each.path(), each.file().get()));
    }
}
