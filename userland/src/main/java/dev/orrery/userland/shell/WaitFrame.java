package dev.orrery.userland.shell;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import java.util.List;

/** The builtin {@code wait}: for the given children, or for all; a trapped signal interrupts it. */
final class WaitFrame implements Frame {
    private final List<Task> children;
    private final boolean all;

    WaitFrame(List<Task> children, boolean all) {
        this.children = children;
        this.all = all;
    }

    @Override
    public Step step(Shell shell) {
        for (Task child : children) {
            if (!child.exited()) {
                return Step.WAITING;
            }
        }
        Integer last = children.isEmpty() ? null : children.getLast().status();
        shell.status(all || last == null ? 0 : last);
        children.forEach(child -> shell.task().reap(child));
        return shell.done(this);
    }
}
