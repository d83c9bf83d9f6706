package dev.orrery.userland.applet;

import dev.orrery.userland.Channel;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tail}: the end of files, and what is yet to be written to them. */
final class Tail extends Applet {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Deque<String> files = new ArrayDeque<>();
    private final List<OpenFile> followed = new ArrayList<>();
    private final StringBuilder kept = new StringBuilder();
    private Options options = new Options(List.of(), "");
    private boolean begun;
    private boolean many;
    private boolean fromStart;
    private boolean bytes;
    private int count = 10;
    private long passed;
    private @Nullable OpenFile current;

    @Override
    Step work(Task task) {
        if (!begun) {
            begun = true;
            begin(task);
            return Step.MORE;
        }
        if (current != null) {
            return read(task, current);
        }
        String next = files.poll();
        if (next != null) {
            open(task, next);
            return Step.MORE;
        }
        if ((options.has('f') || options.has('F')) && !followed.isEmpty()) {
            return follow(task);
        }
        return finish();
    }

    private void begin(Task task) {
        List<String> words =
                arguments(task).stream()
                        .map(word -> word.matches("[-]\\d+[f]?") ? plain(word) : word)
                        .toList();
        options = new Options(words, "n:c:s:");
        bytes = options.value('c') != null;
        String number = bytes ? options.value('c') : options.value('n');
        if (number != null && number.matches("[-+]?\\d{1,9}")) {
            fromStart |= number.startsWith("+");
            count = Math.abs(Integer.parseInt(number));
        }
        files.addAll(options.operands().isEmpty() ? List.of("-") : options.operands());
        many = files.size() > 1 && !options.has('q');
    }

    private static String plain(String word) {
        String number = word.replace("f", "");
        return "-n" + (number.startsWith("-") ? number.substring(1) : number);
    }

    private void open(Task task, String name) {
        kept.setLength(0);
        passed = 0;
        try {
            OpenFile input = name.equals("-") ? task.file(0) : null;
            current = input != null ? input.share() : task.open(name, false, false, false, true);
            if (many) {
                print("==> " + (name.equals("-") ? "standard input" : name) + " <==\n");
            }
        } catch (FileException refused) {
            complain(
                    task,
                    isBusybox(task)
                            ? cannot(task, "open", name, refused)
                            : "cannot open '" + name + "' for reading: " + refused.getMessage());
        }
    }

    private Step read(Task task, OpenFile file) {
        byte[] buffer = new byte[4096];
        int read = file.channel().read(buffer, task);
        if (read == 0) {
            return Step.WAITING;
        }
        if (read > 0) {
            take(task, Raw.of(buffer, 0, read));
            return Step.MORE;
        }
        if (!fromStart) {
            print(end());
        }
        task.machine().charge(task, -kept.length());
        followed.add(file);
        current = null;
        return Step.MORE;
    }

    private void take(Task task, String chunk) {
        if (fromStart) {
            print(beyond(chunk));
            return;
        }
        kept.append(chunk);
        task.machine().charge(task, chunk.length());
        if (kept.length() > 1 << 16) {
            String end = end();
            task.machine().charge(task, (long) end.length() - kept.length());
            kept.setLength(0);
            kept.append(end);
        }
    }

    /** What lies beyond the lines or bytes before the wanted first one. */
    private String beyond(String chunk) {
        int at = 0;
        while (at < chunk.length() && passed < count - 1L) {
            passed += bytes || chunk.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
        return chunk.substring(at);
    }

    private String end() {
        if (bytes) {
            return kept.substring(Math.max(0, kept.length() - count));
        }
        int at = kept.length();
        int lines = 0;
        for (int i = kept.length() - 2; i >= 0 && count > 0; i--) {
            if (kept.charAt(i) == '\n' && ++lines == count) {
                return kept.substring(i + 1);
            }
            at = i;
        }
        return count == 0 ? "" : kept.substring(lines < count ? 0 : at);
    }

    private Step follow(Task task) {
        boolean more = false;
        for (OpenFile file : followed) {
            byte[] buffer = new byte[4096];
            int read = file.channel().read(buffer, task);
            if (read != Channel.END && read > 0) {
                print(Raw.of(buffer, 0, read));
                more = true;
            }
        }
        if (more) {
            return Step.MORE;
        }
        task.wakeAt(task.machine().host().instant().plus(BETWEEN_LOOKS));
        return Step.WAITING;
    }
}
