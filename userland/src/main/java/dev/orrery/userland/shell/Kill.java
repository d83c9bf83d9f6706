package dev.orrery.userland.shell;

import dev.orrery.userland.Signals;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import java.util.ArrayList;
import java.util.List;

/** What {@code kill} did: signals are sent as it is made. */
public record Kill(String output, List<String> errors, int status) {
    public static Kill of(Task task, List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        int signal = Signals.TERM;
        if (!words.isEmpty() && words.getFirst().startsWith("-")) {
            String option = words.removeFirst();
            if (option.equals("-l") && !words.isEmpty()) {
                Integer number = Signals.number(words.getFirst());
                return number == null
                        ? new Kill("", List.of("bad signal name '" + words.getFirst() + "'"), 1)
                        : new Kill(
                                (words.getFirst().matches("\\d+")
                                                ? Signals.name(number)
                                                : number.toString())
                                        + "\n",
                                List.of(),
                                0);
            }
            if (option.equals("-l")) {
                return new Kill(
                        String.join("\n", Signals.names().subList(1, Signals.names().size()))
                                + "\n",
                        List.of(),
                        0);
            }
            String name =
                    option.equals("-s") && !words.isEmpty()
                            ? words.removeFirst()
                            : option.substring(1);
            Integer number = Signals.number(name);
            if (number == null) {
                return new Kill("", List.of("Illegal option " + option), 2);
            }
            signal = number;
        }
        List<String> errors = new ArrayList<>();
        for (String word : words) {
            send(task, word, signal, errors);
        }
        return new Kill("", errors, errors.isEmpty() ? 0 : 1);
    }

    private static void send(Task task, String word, int signal, List<String> errors) {
        if (!word.matches("\\d{1,9}")) {
            errors.add("Illegal number: " + word);
            return;
        }
        Task target = task.machine().task(Integer.parseInt(word));
        if (target == null) {
            errors.add(Errno.ESRCH.words());
        } else if (target.equals(task)) {
            target.signal(target.pid() == 1 && signal == Signals.KILL ? 0 : signal);
        } else {
            task.machine()
                    .post(() ->
                            target.signal(
                                    target.pid() == 1 && signal == Signals.KILL ? 0 : signal));
        }
    }
}
