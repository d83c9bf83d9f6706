package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Generated;
import dev.orrery.userland.file.Location;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.Symlink;
import dev.orrery.userland.file.Volume;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a file, or the file system that it is on, is like. */
final class Stat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn '+0000'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final String USUAL =
            """
              File: %N
              Size: %s\t\tBlocks: %b\tIO Block: 4096   %F
            Device: %d\tInode: %i\tLinks: %h
            Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
            Access: %y
            Modify: %y
            Change: %y
            """;

    private static final String USUAL_OF_SYSTEM =
            """
              File: "%n"
                ID: 0 Namelen: 255     Type: %T
            Block size: 4096       Fundamental block size: 4096
            Blocks: Total: %b    Free: %f    Available: %a
            """;

    private final Task task;
    private final String name;
    private final Node node;

    private Stat(Task task, String name, Node node) {
        this.task = task;
        this.name = name;
        this.node = node;
    }

    static void stat(dev.orrery.userland.applet.Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "c:");
        if (options.operands().isEmpty()) {
            out.complain(task, "missing operand");
            return;
        }
        boolean system = options.has('f');
        String format = options.value('c');
        String usual = system ? USUAL_OF_SYSTEM : USUAL;
        for (String name : options.operands()) {
            try {
                FileSystem files = task.machine().files();
                boolean follow = options.has('L') || system;
                Location place = files.locate(task.absolute(name), task.user(), follow);
                Stat stat = new Stat(task, name, place.existing());
                out.print(stat.text(format == null ? usual : format + "\n", system));
            } catch (FileException refused) {
                out.complain(task, "cannot stat '" + name + "': " + refused.getMessage());
            }
        }
    }

    private String text(String format, boolean system) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            int start = i + 1;
            int end = start;
            while (end < format.length() - 1 && Character.isDigit(format.charAt(end))) {
                end++;
            }
            String value = system ? ofSystem(format.charAt(end)) : field(format.charAt(end));
            text.append(padded(value, format.substring(start, end)));
            i = end;
        }
        return text.toString();
    }

    private static String padded(String value, String width) {
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - value.length();
        return (width.startsWith("0") ? "0" : " ").repeat(Math.max(0, missing)) + value;
    }

    private String field(char letter) {
        return switch (letter) {
            case 'a' -> Integer.toOctalString(node.mode());
            case 'A' -> node.letter() + Attributes.mode(node.mode());
            case 'b' -> Long.toString((node.size() + 4095) / 4096 * 8);
            case 'd' -> Integer.toString(Math.floorMod(node.volume().source().hashCode(), 256));
            case 'f' -> Integer.toHexString(kind() | node.mode());
            case 'F' -> kindName();
            case 'g' -> Integer.toString(node.gid());
            case 'G' -> Attributes.group(task, node.gid());
            case 'h' -> Integer.toString(node.links());
            case 'i' -> Long.toString(node.number());
            case 'm' -> mountPoint();
            case 'n' -> name;
            case 'N' -> node instanceof Symlink link ? name + " -> " + link.target() : name;
            case 's' -> Long.toString(node.size());
            case 'u' -> Integer.toString(node.uid());
            case 'U' -> Attributes.user(task, node.uid());
            case 'X', 'Y', 'Z' -> Long.toString(time().getEpochSecond());
            case 'x', 'y', 'z' -> TIME.format(time());
            case '%' -> "%";
            default -> "?";
        };
    }

    private String ofSystem(char letter) {
        Volume volume = node.volume();
        return switch (letter) {
            case 'T' -> typeName(volume.type());
            case 'b' -> Long.toString(volume.capacityBytes() / 4096);
            case 'f', 'a' -> Long.toString((volume.capacityBytes() - volume.usedBytes()) / 4096);
            case 's', 'S' -> "4096";
            case 'n' -> name;
            case '%' -> "%";
            default -> "?";
        };
    }

    private static String typeName(String type) {
        return switch (type) {
            case "ext4" -> "ext2/ext3";
            case "overlay" -> "overlayfs";
            default -> type;
        };
    }

    private String mountPoint() {
        FileSystem files = task.machine().files();
        return files.mountOf(files.locate(task.absolute(name), task.user(), false).path()).path();
    }

    private Instant time() {
        return node.modified();
    }

    private int kind() {
        return switch (node) {
            case Directory _ -> 0x4000;
            case Symlink _ -> 0xa000;
            case Device device -> device.kind() == Device.Kind.DISK ? 0x6000 : 0x2000;
            case RegularFile _, Generated _ -> 0x8000;
        };
    }

    private String kindName() {
        return switch (node) {
            case Directory _ -> "directory";
            case Symlink _ -> "symbolic link";
            case Device device ->
                    device.kind() == Device.Kind.DISK
                            ? "block special file"
                            : "character special file";
            case RegularFile _, Generated _ ->
                    node.size() == 0 ? "regular empty file" : "regular file";
        };
    }
}
