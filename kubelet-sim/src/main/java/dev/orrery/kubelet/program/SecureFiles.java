package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.network.ServerSecurity;
import java.util.Locale;

/** The certificate and the key that a server's flags name. */
record SecureFiles(String certificate, String key) {

    static SecureFiles of(Flags flags) {
        return new SecureFiles(
                flags.text("tls-cert-file", ""), flags.text("tls-private-key-file", ""));
    }

    /** Throws IllegalArgumentException, which says what is wrong with them. */
    ServerSecurity read(Task task) {
        return ServerSecurity.of(text(task, certificate), text(task, key));
    }

    private static String text(Task task, String path) {
        try {
            if (task.machine().files().readable(path, task.user()) instanceof RegularFile file) {
                byte[] content = file.content();
                return Raw.of(content, 0, content.length);
            }
            throw new IllegalArgumentException("read " + path + ": is a directory");
        } catch (FileException e) {
            throw new IllegalArgumentException(
                    "open " + path + ": " + e.errno().words().toLowerCase(Locale.ROOT), e);
        }
    }
}
