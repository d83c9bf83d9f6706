package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Commands that say how things are. */
final class Facts {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.ROOT);

    private Facts() {}

    static void date(Instant out, Task task) {
        ZonedDateTime now = time(task).atZone(ZoneOffset.UTC);
        String format =
                Applet.arguments(task).stream()
                        .filter(word -> word.startsWith("+"))
                        .findFirst()
                        .orElse("");
        out.print(
                (format.isEmpty() ? DATE.format(now) : formatted(format.substring(1), now)) + "\n");
    }

    /** Now, or what is asked for as seconds of the epoch or as a time of ISO 8601. */
    private static java.time.Instant time(Task task) {
        String given = new Options(Applet.arguments(task), "d:s:").value('d');
        if (given != null && given.matches("@\\d{1,10}")) {
            return java.time.Instant.ofEpochSecond(Long.parseLong(given.substring(1)));
        }
        if (given != null && given.matches("\\d{4}-\\d\\d-\\d\\d.*")) {
            String text = given.replace(' ', 'T').replace("Z", "");
            String full = text.length() == 10 ? text + "T00:00:00" : text;
            try {
                return java.time.LocalDateTime.parse(full).toInstant(ZoneOffset.UTC);
            } catch (java.time.format.DateTimeParseException unknown) {
                return task.machine().host().instant();
            }
        }
        return task.machine().host().instant();
    }

    private static String formatted(String format, ZonedDateTime now) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            text.append(
                    c == '%' && i + 1 < format.length() ? field(format.charAt(++i), now) : "" + c);
        }
        return text.toString();
    }

    private static String field(char letter, ZonedDateTime now) {
        String pattern =
                switch (letter) {
                    case 'Y' -> "yyyy";
                    case 'm' -> "MM";
                    case 'd' -> "dd";
                    case 'H' -> "HH";
                    case 'M' -> "mm";
                    case 'S' -> "ss";
                    case 'F' -> "yyyy-MM-dd";
                    case 'T' -> "HH:mm:ss";
                    case 'a' -> "EEE";
                    case 'b' -> "MMM";
                    case 'j' -> "DDD";
                    case 'N' -> "nnnnnnnnn";
                    default -> "";
                };
        return switch (letter) {
            case 's' -> Long.toString(now.toEpochSecond());
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case '%' -> "%";
            default ->
                    pattern.isEmpty()
                            ? "%" + letter
                            : DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(now);
        };
    }

    static void hostname(Instant out, Task task) {
        boolean address = Applet.arguments(task).contains("-i");
        out.print(
                (address ? task.machine().network().address() : Raw.of(task.machine().hostname()))
                        + "\n");
    }

    static void env(Instant out, Task task) {
        List<String> names = Applet.arguments(task);
        if (names.isEmpty()) {
            new TreeMap<>(task.environment())
                    .forEach((name, value) -> out.print(name + "=" + value + "\n"));
        }
        for (String name : names) {
            String value = task.environment().get(name);
            if (value == null) {
                out.status(1);
            } else {
                out.print(value + "\n");
            }
        }
    }

    static void ps(Instant out, Task task) {
        out.print("PID   USER     TIME  COMMAND\n");
        for (Task each : task.machine().tasks()) {
            String owner = Identity.shortName(task, each.user().uid());
            out.print(
                    String.format(
                            "%5d %-8s  0:00 %s\n",
                            each.pid(), owner, String.join(" ", each.arguments())));
        }
    }

    static void uname(Instant out, Task task) {
        boolean all = Applet.arguments(task).contains("-a");
        out.print(
                all
                        ? "Linux "
                                + Raw.of(task.machine().hostname())
                                + " 6.1.0-orrery #1 SMP x86_64 GNU/Linux\n"
                        : "Linux\n");
    }

    static void seq(Instant out, Task task) {
        List<String> words = Applet.arguments(task);
        if (words.isEmpty() || !words.stream().allMatch(word -> word.matches("-?\\d{1,9}"))) {
            out.complain(task, words.isEmpty() ? "missing operand" : "invalid number");
            return;
        }
        long first = words.size() == 1 ? 1 : Long.parseLong(words.getFirst());
        long by = words.size() == 3 ? Long.parseLong(words.get(1)) : 1;
        long last = Long.parseLong(words.getLast());
        StringBuilder text = new StringBuilder();
        for (long value = first;
                by != 0 && (by > 0 ? value <= last : value >= last) && text.length() < 4 << 20;
                value += by) {
            text.append(value).append('\n');
        }
        out.print(text.toString());
    }

    static void basename(Instant out, Task task) {
        List<String> words = Applet.arguments(task);
        String path = words.isEmpty() ? "" : words.getFirst().replaceAll("(?<=.)/+$", "");
        String last = path.equals("/") ? path : path.substring(path.lastIndexOf('/') + 1);
        String suffix = words.size() > 1 ? words.get(1) : "";
        out.print(
                (last.endsWith(suffix) && !last.equals(suffix)
                                ? last.substring(0, last.length() - suffix.length())
                                : last)
                        + "\n");
    }

    static void dirname(Instant out, Task task) {
        String path =
                Applet.arguments(task).isEmpty()
                        ? ""
                        : Applet.arguments(task).getFirst().replaceAll("(?<=.)/+$", "");
        int slash = path.lastIndexOf('/');
        out.print((slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash)) + "\n");
    }
}
