package dev.orrery.userland.applet;

import dev.orrery.userland.Channel;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code dd}: one block a step. */
final class CopyBlocks extends Applet {
    private static final int LARGEST_BLOCK = 4 << 20;

    private @Nullable OpenFile input;
    private @Nullable OpenFile output;
    private byte[] block = new byte[512];
    private long left = Long.MAX_VALUE;
    private int filled;
    private int written;
    private boolean draining;
    private long whole;
    private long partial;
    private long bytes;
    private boolean quiet;

    @Override
    Step work(Task task) {
        OpenFile from = input;
        OpenFile to = output;
        if (from == null || to == null) {
            return begin(task) ? Step.MORE : finish(1);
        }
        try {
            return draining ? drain(task, to) : fill(task, from);
        } catch (FileException refused) {
            complain(task, "error writing: " + refused.getMessage());
            return end();
        }
    }

    private boolean begin(Task task) {
        Map<String, String> words = new HashMap<>();
        for (String word : arguments(task)) {
            int equals = word.indexOf('=');
            words.put(
                    equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? "" : word.substring(equals + 1));
        }
        block = new byte[Math.clamp(number(words.getOrDefault("bs", "512")), 1, LARGEST_BLOCK)];
        left = words.containsKey("count") ? number(words.get("count")) : Long.MAX_VALUE;
        quiet = "none".equals(words.get("status"));
        String from = words.get("if");
        String to = words.get("of");
        try {
            OpenFile stdin = task.file(0);
            OpenFile stdout = task.file(1);
            input =
                    from != null || stdin == null
                            ? task.open(
                                    from == null ? "/dev/null" : from, false, false, false, true)
                            : stdin.share();
            output =
                    to != null || stdout == null
                            ? task.open(
                                    to == null ? "/dev/null" : to,
                                    true,
                                    false,
                                    !words.getOrDefault("conv", "").contains("notrunc"),
                                    true)
                            : stdout.share();
            return true;
        } catch (FileException refused) {
            complain(
                    task,
                    "can't open '" + (input == null ? from : to) + "': " + refused.getMessage());
            return false;
        }
    }

    static long number(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,9}(c|w|b|[kKMG]B?)?")) {
            return 0;
        }
        long value = Long.parseLong(text.replaceAll("\\D", ""));
        String unit = text.replaceAll("\\d", "");
        return value
                * switch (unit) {
                    case "w" -> 2;
                    case "b" -> 512;
                    case "k", "K" -> 1L << 10;
                    case "M" -> 1L << 20;
                    case "G" -> 1L << 30;
                    case "kB", "KB" -> 1_000;
                    case "MB" -> 1_000_000;
                    case "GB" -> 1_000_000_000;
                    default -> 1;
                };
    }

    private Step fill(Task task, OpenFile from) {
        if (left == 0) {
            return end();
        }
        byte[] rest = new byte[block.length];
        int count = from.channel().read(rest, task);
        if (count == 0) {
            return Step.WAITING;
        }
        if (count == Channel.END) {
            return end();
        }
        System.arraycopy(rest, 0, block, 0, count);
        filled = count;
        written = 0;
        draining = true;
        left--;
        return Step.MORE;
    }

    private Step drain(Task task, OpenFile to) {
        int count = to.channel().write(block, written, filled - written, task);
        if (count == 0) {
            return Step.WAITING;
        }
        written += count;
        if (written == filled) {
            draining = false;
            bytes += filled;
            whole += filled == block.length ? 1 : 0;
            partial += filled == block.length ? 0 : 1;
        }
        return Step.MORE;
    }

    private Step end() {
        if (input != null) {
            input.release();
        }
        if (output != null) {
            output.release();
        }
        if (!quiet) {
            String records = whole + "+" + partial + " records ";
            print(2, Raw.bytes(records + "in\n" + records + "out\n" + bytes + " bytes copied\n"));
        }
        return finish();
    }
}
