package dev.orrery.userland.applet;

import dev.orrery.userland.Task;

/** A filter that looks at whole lines. */
abstract class Lines extends Filter {
    private final StringBuilder partial = new StringBuilder();

    /** One line, without its line feed. */
    abstract void line(Task task, String line);

    @Override
    final void bytes(Task task, String chunk) {
        partial.append(chunk);
        int start = 0;
        for (int end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n", start)) {
            line(task, partial.substring(start, end));
            start = end + 1;
        }
        partial.delete(0, start);
        if (partial.length() > 1 << 20) {
            task.machine().charge(task, 4096);
        }
    }

    @Override
    final void ended(Task task) {
        if (!partial.isEmpty()) {
            line(task, partial.toString());
            partial.setLength(0);
        }
        fileEnded(task);
    }

    void fileEnded(Task task) {}
}
