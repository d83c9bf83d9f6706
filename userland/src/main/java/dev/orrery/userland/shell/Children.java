package dev.orrery.userland.shell;

import dev.orrery.userland.Channel;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Pipe;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames of commands that run in tasks of their own. */
final class Children {
    private Children() {}

    /** Waits for a child and takes its status. */
    static final class Wait implements Frame {
        private final Task child;

        Wait(Task child) {
            this.child = child;
        }

        @Override
        public Step step(Shell shell) {
            Integer status = child.status();
            if (status == null) {
                return Step.WAITING;
            }
            shell.task().reap(child);
            shell.status(status);
            return shell.done(this);
        }
    }

    static final class Subshell implements Frame {
        private final Command body;
        private boolean started;

        Subshell(Command body) {
            this.body = body;
        }

        @Override
        public Step step(Shell shell) {
            if (started) {
                shell.checkFailure();
                return shell.done(this);
            }
            started = true;
            return shell.push(new Wait(shell.fork(body)));
        }
    }

    static final class Background implements Frame {
        private final Command command;

        Background(Command command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            Task child = shell.fork(command);
            child.open(0, new OpenFile(new Document(new byte[0])));
            shell.background(child);
            shell.status(0);
            return shell.done(this);
        }
    }

    static final class Pipeline implements Frame {
        private final Command.Pipeline pipeline;
        private final List<Task> stages = new ArrayList<>();
        private boolean started;

        Pipeline(Command.Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public Step step(Shell shell) {
            if (pipeline.stages().size() == 1 && !started) {
                started = true;
                return shell.push(new Flow.Negation(pipeline.stages().getFirst()));
            }
            if (pipeline.stages().size() == 1) {
                return shell.done(this);
            }
            if (!started) {
                started = true;
                start(shell);
            }
            for (Task stage : stages) {
                if (!stage.exited()) {
                    return Step.WAITING;
                }
            }
            stages.forEach(stage -> shell.task().reap(stage));
            int status = status(shell);
            shell.status(pipeline.negated() ? status == 0 ? 1 : 0 : status);
            if (!pipeline.negated()) {
                shell.checkFailure();
            }
            return shell.done(this);
        }

        /** The last stage's, or under pipefail that of the last stage that failed. */
        private int status(Shell shell) {
            int status = 0;
            for (int i = shell.option('P') ? 0 : stages.size() - 1; i < stages.size(); i++) {
                Integer code = stages.get(i).status();
                status = code == null || code == 0 ? status : code;
            }
            return status;
        }

        private void start(Shell shell) {
            @Nullable OpenFile input = null;
            for (int i = 0; i < pipeline.stages().size(); i++) {
                Task stage = shell.fork(pipeline.stages().get(i));
                stages.add(stage);
                if (input != null) {
                    stage.open(0, input);
                }
                if (i < pipeline.stages().size() - 1) {
                    Pipe pipe = new Pipe();
                    stage.open(1, new OpenFile(pipe.writer()));
                    input = new OpenFile(pipe.reader());
                }
            }
        }
    }

    /** Runs {@code $(...)} and gives what it printed to the expansion. */
    static final class Substitution implements Frame {
        private final Word.Part.Substitution substitution;
        private final Expansion expansion;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private @Nullable Task child;
        private @Nullable Channel reader;

        Substitution(Word.Part.Substitution substitution, Expansion expansion) {
            this.substitution = substitution;
            this.expansion = expansion;
        }

        @Override
        public Step step(Shell shell) {
            if (child == null || reader == null) {
                Pipe pipe = new Pipe();
                child = shell.fork(substitution.command());
                child.open(1, new OpenFile(pipe.writer()));
                reader = pipe.reader();
            }
            byte[] buffer = new byte[4096];
            int count = reader.read(buffer, shell.task());
            if (count > 0) {
                output.write(buffer, 0, count);
                shell.task().machine().charge(shell.task(), count);
                return Step.MORE;
            }
            Integer status = child.status();
            if (count == 0 || status == null) {
                return Step.WAITING;
            }
            shell.task().machine().charge(shell.task(), -output.size());
            shell.task().reap(child);
            shell.substituted(status);
            expansion.give(substitution, text());
            return shell.done(this);
        }

        private String text() {
            byte[] bytes = output.toByteArray();
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] == '\n') {
                end--;
            }
            return Raw.of(bytes, 0, end).replace("\0", "");
        }

        @Override
        public void end(Shell shell) {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
