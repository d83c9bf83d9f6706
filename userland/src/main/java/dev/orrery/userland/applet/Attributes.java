package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;

/** Modes and owners of files, as commands write them. */
final class Attributes {
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int STICKY = 01000;

    private Attributes() {}

    /** The nine letters of {@code ls -l}. */
    static String mode(int bits) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((bits >> bit & 1) != 0 ? "xwr".charAt(bit % 3) : '-');
        }
        special(text, 2, bits & SET_USER, 's');
        special(text, 5, bits & SET_GROUP, 's');
        special(text, 8, bits & STICKY, 't');
        return text.toString();
    }

    private static void special(StringBuilder text, int at, int set, char letter) {
        if (set != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    static String user(Task task, int uid) {
        return name(task, "/etc/passwd", uid);
    }

    static String group(Task task, int gid) {
        return name(task, "/etc/group", gid);
    }

    private static String name(Task task, String file, int number) {
        if (task.machine().files().find(file, User.ROOT) instanceof RegularFile list) {
            byte[] content = list.content();
            for (String line : Raw.of(content, 0, content.length).split("\n")) {
                String[] fields = line.split(":");
                if (fields.length > 2 && fields[2].equals(Integer.toString(number))) {
                    return fields[0];
                }
            }
        }
        return number == 0 ? "root" : Integer.toString(number);
    }
}
