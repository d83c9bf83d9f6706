package dev.orrery.userland.applet;

import static dev.orrery.userland.applet.FileTools.instant;

import dev.orrery.userland.Program;
import dev.orrery.userland.Task;
import dev.orrery.userland.Terminal;
import dev.orrery.userland.shell.Printing;
import dev.orrery.userland.shell.ShellError;
import dev.orrery.userland.shell.Test;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Commands about the machine as a whole, and those that run others. */
final class SystemTools {
    private static final long KILO = 1024;
    private static final Map<String, String> SYSCTLS =
            Map.of(
                    "kernel.ostype", "Linux",
                    "kernel.osrelease", "6.1.0-orrery",
                    "kernel.shm_rmid_forced", "0",
                    "net.ipv4.ip_local_port_range", "32768\t60999",
                    "net.ipv4.ip_unprivileged_port_start", "0",
                    "net.ipv4.tcp_syncookies", "1",
                    "net.core.somaxconn", "4096",
                    "kernel.msgmax", "8192");

    private SystemTools() {}

    static void register(Map<String, Supplier<Program>> all) {
        instant(all, "expr", (out, task) -> expr(out, task));
        instant(all, "free", SystemTools::free);
        instant(all, "uptime", SystemTools::uptime);
        instant(all, "sysctl", SystemTools::sysctl);
        instant(all, "ip", Interfaces::ip);
        instant(all, "ifconfig", Interfaces::ifconfig);
        instant(all, "stty", SystemTools::stty);
        instant(all, "printf", SystemTools::printf);
        instant(all, "[", SystemTools::bracket);
        instant(all, "arch", (out, task) -> out.print("x86_64\n"));
        instant(all, "clear", (out, task) -> out.print("\u001b[H\u001b[2J"));
        instant(all, "tty", SystemTools::tty);
        instant(all, "groups", Identity::groups);
        all.put("top", Top::new);
        all.put("yes", Yes::new);
        all.put("xargs", Xargs::new);
        all.put("timeout", Timeout::new);
        all.put("watch", Timeout.Watch::new);
        all.put("nohup", Timeout.Plain::new);
        all.put("base64", Digests.Base64::new);
        all.put("md5sum", () -> new Digests.Sum("MD5"));
        all.put("sha1sum", () -> new Digests.Sum("SHA-1"));
        all.put("sha256sum", () -> new Digests.Sum("SHA-256"));
        all.put("sha512sum", () -> new Digests.Sum("SHA-512"));
        all.put("hexdump", Digests.HexDump::new);
    }

    private static void expr(Instant out, Task task) {
        try {
            String value = Expr.evaluate(Applet.arguments(task));
            out.print(value + "\n");
            out.status(value.isEmpty() || value.equals("0") ? 1 : 0);
        } catch (ArithmeticException impossible) {
            out.complain(task, "division by zero");
            out.status(2);
        } catch (IllegalArgumentException malformed) {
            out.complain(task, String.valueOf(malformed.getMessage()));
            out.status(2);
        }
    }

    private static void free(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        long unit = options.has('m') ? KILO * KILO : options.has('b') ? 1 : KILO;
        long total = 32L << 30;
        long used = Math.min(total, task.machine().memoryBytes() + (900L << 20));
        long free = total - used;
        out.print(
                "              total        used        free      shared  buff/cache  "
                        + " available\n");
        out.print(
                String.format(
                        "Mem:    %11d %11d %11d %11d %11d %11d\n",
                        total / unit, used / unit, free / unit, 0, 0, free / unit));
        out.print(String.format("Swap:   %11d %11d %11d\n", 0, 0, 0));
    }

    private static void uptime(Instant out, Task task) {
        java.time.Instant now = task.machine().host().instant();
        Task first = task.machine().task(1);
        Duration up = Duration.between(first == null ? now : first.started(), now);
        out.print(
                String.format(
                        " %tT up %d min,  0 users,  load average: 0.00, 0.00, 0.00\n",
                        now.atZone(java.time.ZoneOffset.UTC), up.toMinutes()));
    }

    private static void sysctl(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        for (String name : options.operands()) {
            String key = name.replace('/', '.');
            String value = task.machine().setting(key);
            value = value == null ? SYSCTLS.get(key) : value;
            if (value == null) {
                out.complain(task, "error: '" + key + "' is an unknown key");
            } else {
                out.print(options.has('n') ? value + "\n" : key + " = " + value + "\n");
            }
        }
    }

    private static void printf(Instant out, Task task) {
        List<String> words = Applet.arguments(task);
        if (words.isEmpty()) {
            out.complain(task, "usage: printf FORMAT [ARG]...");
        } else {
            out.print(Printing.printf(words.getFirst(), words.subList(1, words.size())));
        }
    }

    private static void bracket(Instant out, Task task) {
        try {
            out.status(Test.evaluate(task, task.arguments()) ? 0 : 1);
        } catch (ShellError malformed) {
            out.complain(task, String.valueOf(malformed.getMessage()));
            out.status(2);
        }
    }

    private static void tty(Instant out, Task task) {
        boolean terminal = task.isTerminal(0);
        out.print(terminal ? "/dev/pts/0\n" : "not a tty\n");
        out.status(terminal ? 0 : 1);
    }

    private static void stty(Instant out, Task task) {
        Terminal terminal = task.isTerminal(0) ? task.terminal() : null;
        List<String> words = Applet.arguments(task);
        if (terminal == null) {
            boolean busybox = task.machine().programs().isBusybox();
            out.complain(
                    task,
                    busybox
                            ? "standard input: Not a tty"
                            : "'standard input': Inappropriate ioctl for device");
        } else if (words.equals(List.of("size"))) {
            out.print(terminal.rows() + " " + terminal.columns() + "\n");
        } else {
            out.complain(task, "not simulated: " + String.join(" ", words));
        }
    }
}
