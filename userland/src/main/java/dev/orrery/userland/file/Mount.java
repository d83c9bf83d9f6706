package dev.orrery.userland.file;

/** A node of a volume seen at a path; only a directory or a file can be mounted. */
public record Mount(String path, Node node, boolean readOnly) {

    /** As {@code mount} shows them. */
    public String options() {
        String options = (readOnly ? "ro" : "rw") + ",relatime";
        Volume volume = node.volume();
        return volume.type().equals("tmpfs")
                ? options + ",size=" + volume.capacityBytes() / 1024 + "k"
                : options;
    }

    /** Its line of {@code /proc/mounts}. */
    public String line() {
        Volume volume = node.volume();
        return volume.source() + " " + path + " " + volume.type() + " " + options() + " 0 0\n";
    }
}
