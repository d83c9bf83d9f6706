package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Mount;
import dev.orrery.userland.file.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands that show what is mounted. */
final class Mounts {
    private Mounts() {}

    static void mount(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "t:o:");
        if (!options.operands().isEmpty()) {
            out.complain(task, "permission denied (are you root?)");
            return;
        }
        String asked = options.value('t');
        List<String> types = asked == null ? List.of() : List.of(asked.split(","));
        for (Mount mount : task.machine().files().mounts()) {
            Volume volume = mount.node().volume();
            if (!types.isEmpty() && !types.contains(volume.type())) {
                continue;
            }
            out.print(
                    volume.source()
                            + " on "
                            + mount.path()
                            + " type "
                            + volume.type()
                            + " ("
                            + mount.options()
                            + ")\n");
        }
    }

    static void df(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "t:");
        boolean human = options.has('h');
        String size = human ? "Size" : options.has('m') ? "1M-blocks" : "1K-blocks";
        out.print(
                line("Filesystem", type(options, "Type"), size, "Used", "Available", "Use%")
                        + " Mounted on\n");
        for (Mount mount : wanted(out, task, options)) {
            Volume volume = mount.node().volume();
            long whole = volume.capacityBytes();
            long used = Math.max(0, volume.usedBytes());
            long percent = whole == 0 ? 0 : (used * 100 + whole - 1) / whole;
            out.print(
                    line(
                                    volume.source(),
                                    type(options, volume.type()),
                                    size(whole, options),
                                    size(used, options),
                                    size(Math.max(0, whole - used), options),
                                    whole == 0 ? "-" : percent + "%")
                            + " "
                            + mount.path()
                            + "\n");
        }
    }

    private static List<Mount> wanted(Instant out, Task task, Options options) {
        FileSystem files = task.machine().files();
        if (options.operands().isEmpty()) {
            return files.mounts().stream()
                    .filter(each -> options.has('a') || each.node().volume().capacityBytes() > 0)
                    .toList();
        }
        List<Mount> wanted = new ArrayList<>();
        for (String name : options.operands()) {
            try {
                String path = task.absolute(name);
                files.get(path, task.user());
                wanted.add(files.mountOf(files.locate(path, task.user(), true).path()));
            } catch (FileException refused) {
                out.complain(task, name + ": " + refused.getMessage());
            }
        }
        return wanted;
    }

    private static String type(Options options, String type) {
        return options.has('T') ? String.format(" %-10s", type) : "";
    }

    private static String line(String source, String type, String... columns) {
        return String.format("%-20s", source)
                + type
                + String.format(" %9s %9s %9s %4s", (Object[]) columns);
    }

    private static String size(long bytes, Options options) {
        if (options.has('m')) {
            return Long.toString(bytes >> 20);
        }
        return options.has('h') ? human(bytes) : Long.toString(bytes / 1024);
    }

    private static String human(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < 4) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? Long.toString(bytes)
                : String.format(
                        Locale.ROOT, value < 10 ? "%.1f%c" : "%.0f%c", value, "BKMGT".charAt(unit));
    }
}
