package dev.orrery.userland.applet;

import dev.orrery.userland.Commands;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.Symlink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code find} with the tests and actions that scripts use; one name a step. */
final class Find extends Applet {
    private record Place(String path, int depth) {}

    private record Test(String name, String value) {}

    private final Deque<Place> left = new ArrayDeque<>();
    private final Deque<String> emptied = new ArrayDeque<>();
    private final List<Test> tests = new ArrayList<>();
    private List<String> command = List.of();
    private int deepest = Integer.MAX_VALUE;
    private int shallowest;
    private boolean delete;
    private boolean begun;
    private @Nullable Task child;

    @Override
    Step work(Task task) {
        if (!begun) {
            begun = true;
            return begin(task) ? Step.MORE : finish(1);
        }
        Task running = child;
        if (running != null) {
            if (!running.exited()) {
                return Step.WAITING;
            }
            task.reap(running);
            child = null;
        }
        Place next = left.poll();
        if (next == null) {
            emptied.forEach(path -> remove(task, path));
            return finish();
        }
        visit(task, next);
        return Step.MORE;
    }

    private boolean begin(Task task) {
        List<String> words = arguments(task);
        int at = 0;
        while (at < words.size() && !words.get(at).startsWith("-") && !words.get(at).equals("!")) {
            left.add(new Place(words.get(at++), 0));
        }
        if (left.isEmpty()) {
            left.add(new Place(".", 0));
        }
        while (at < words.size()) {
            String word = words.get(at++);
            switch (word) {
                case "-print", "-o", "-a" -> {}
                case "-delete" -> delete = true;
                case "-empty" -> tests.add(new Test(word, ""));
                case "-exec" -> {
                    int end = at;
                    while (end < words.size() && !words.get(end).matches(";|\\+")) {
                        end++;
                    }
                    command = words.subList(at, end);
                    at = end + 1;
                }
                case "-name", "-iname", "-path", "-type", "-maxdepth", "-mindepth" -> {
                    if (at == words.size()) {
                        complain(task, "missing argument to '" + word + "'");
                        return false;
                    }
                    option(word, words.get(at++));
                }
                default -> {
                    complain(task, "unrecognized: " + word);
                    return false;
                }
            }
        }
        return true;
    }

    private void option(String word, String value) {
        boolean number = value.matches("\\d{1,6}");
        if (word.equals("-maxdepth") && number) {
            deepest = Integer.parseInt(value);
        } else if (word.equals("-mindepth") && number) {
            shallowest = Integer.parseInt(value);
        } else {
            tests.add(new Test(word, value));
        }
    }

    private void visit(Task task, Place place) {
        try {
            String path = task.absolute(place.path());
            Node node = task.machine().files().locate(path, task.user(), false).existing();
            if (place.depth() >= shallowest && passes(place.path(), node)) {
                act(task, place.path());
            }
            if (node instanceof Directory && place.depth() < deepest) {
                List<String> names = task.machine().files().list(path, task.user());
                for (String name : names.reversed()) {
                    left.push(
                            new Place(
                                    place.path().replaceAll("/$", "") + "/" + name,
                                    place.depth() + 1));
                }
            }
        } catch (FileException refused) {
            complain(task, place.path() + ": " + refused.getMessage());
        }
    }

    private boolean passes(String path, Node node) {
        String name = path.equals("/") ? path : path.substring(path.lastIndexOf('/') + 1);
        for (Test test : tests) {
            boolean good =
                    switch (test.name()) {
                        case "-name" -> matches(test.value(), name);
                        case "-iname" ->
                                matches(
                                        test.value().toLowerCase(Locale.ROOT),
                                        name.toLowerCase(Locale.ROOT));
                        case "-path" -> matches(test.value(), path);
                        case "-type" ->
                                switch (test.value()) {
                                    case "f" -> node instanceof RegularFile;
                                    case "d" -> node instanceof Directory;
                                    case "l" -> node instanceof Symlink;
                                    default -> false;
                                };
                        default ->
                                node instanceof Directory directory
                                        ? directory.names().isEmpty()
                                        : node.size() == 0;
                    };
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String glob, String text) {
        return dev.orrery.userland.shell.Pattern.matches(glob, text);
    }

    private void act(Task task, String path) {
        if (delete) {
            emptied.push(path);
        } else if (command.isEmpty()) {
            print(path + "\n");
        } else {
            List<String> words = command.stream().map(word -> word.replace("{}", path)).toList();
            try {
                Commands.Found found =
                        Commands.find(
                                task.machine(),
                                words,
                                task.environment(),
                                task.directory(),
                                task.user());
                child = task.spawn(found.program(), found.arguments(), task.environment());
            } catch (FileException refused) {
                complain(task, words.getFirst() + ": " + refused.getMessage());
            }
        }
    }

    private void remove(Task task, String path) {
        try {
            task.machine().files().remove(task.absolute(path), task.user());
        } catch (FileException refused) {
            complain(task, path + ": " + refused.getMessage());
        }
    }
}
