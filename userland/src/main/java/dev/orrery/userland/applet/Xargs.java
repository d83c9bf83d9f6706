package dev.orrery.userland.applet;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Commands;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Pipe;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code xargs}: makes command lines of its input and runs them one after the other. */
final class Xargs extends Applet {
    private final StringBuilder input = new StringBuilder();
    private @Nullable Deque<String> items;
    private List<String> command = List.of();
    private int atOnce = Integer.MAX_VALUE;
    private @Nullable String marker;
    private boolean zero;
    private boolean ran;
    private boolean noneIfEmpty;
    private @Nullable Task child;
    private int worst;

    @Override
    Step work(Task task) {
        if (command.isEmpty()) {
            begin(task);
            return Step.MORE;
        }
        Deque<String> left = items;
        if (left == null) {
            return read(task);
        }
        Task running = child;
        if (running != null) {
            Integer status = running.status();
            if (status == null) {
                return Step.WAITING;
            }
            task.reap(running);
            child = null;
            worst = status == 0 ? worst : 123;
        }
        if (left.isEmpty() && (ran || noneIfEmpty || marker != null)) {
            return finish(worst);
        }
        ran = true;
        return run(task, left);
    }

    private void begin(Task task) {
        List<String> words = arguments(task);
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-") && words.get(at).length() > 1) {
            String word = words.get(at++);
            char letter = word.charAt(1);
            String value = word.substring(2);
            if ("nIPLd".indexOf(letter) >= 0 && value.isEmpty() && at < words.size()) {
                value = words.get(at++);
            }
            switch (letter) {
                case 'n' -> atOnce = value.matches("[1-9]\\d{0,5}") ? Integer.parseInt(value) : 1;
                case 'I' -> marker = value;
                case '0' -> zero = true;
                case 'r' -> noneIfEmpty = true;
                default -> {}
            }
        }
        command = at < words.size() ? words.subList(at, words.size()) : List.of("echo");
    }

    private Step read(Task task) {
        byte[] buffer = new byte[4096];
        int count = task.read(0, buffer);
        if (count == 0) {
            return Step.WAITING;
        }
        if (count != Channel.END) {
            input.append(Raw.of(buffer, 0, count));
            task.machine().charge(task, count);
            return Step.MORE;
        }
        String separator = zero ? "\0" : marker != null ? "\n" : "\\s+";
        Deque<String> all = new ArrayDeque<>();
        for (String item : input.toString().split(separator)) {
            if (!item.isEmpty()) {
                all.add(marker != null ? item.strip() : unquoted(item));
            }
        }
        items = all;
        return Step.MORE;
    }

    private static String unquoted(String item) {
        return item.replaceAll("^\"(.*)\"$|^'(.*)'$", "$1$2");
    }

    private Step run(Task task, Deque<String> left) {
        List<String> words = new ArrayList<>();
        if (marker != null) {
            String item = left.remove();
            command.forEach(word -> words.add(word.replace(marker, item)));
        } else {
            words.addAll(command);
            for (int i = 0; i < atOnce && !left.isEmpty(); i++) {
                words.add(left.remove());
            }
        }
        try {
            Commands.Found found =
                    Commands.find(
                            task.machine(),
                            words,
                            task.environment(),
                            task.directory(),
                            task.user());
            Task started = task.spawn(found.program(), found.arguments(), task.environment());
            Pipe nothing = new Pipe();
            nothing.writer().close();
            started.open(0, new OpenFile(nothing.reader()));
            child = started;
            return Step.MORE;
        } catch (FileException refused) {
            complain(task, words.getFirst() + ": " + refused.getMessage());
            return finish(127);
        }
    }
}
