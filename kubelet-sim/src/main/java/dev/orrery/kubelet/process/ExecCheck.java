package dev.orrery.kubelet.process;

import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import dev.orrery.kubelet.wording.GoDuration;
import dev.orrery.kubelet.wording.Quoted;
import dev.orrery.userland.file.FileException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that answers by its exit code; it is killed when its time is up. */
final class ExecCheck implements SessionOutput {

    /** A kubelet reads no more of what a probe says. */
    private static final int MOST_BYTES = 10 << 10;

    private static final int KILL = 9;

    private final List<String> command;
    private final Duration timeout;
    private final MachineHost host;
    private final Consumer<Answer> reply;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream(0);
    private Runnable timer = () -> {};
    private dev.orrery.userland.@Nullable Session session;
    private boolean over;

    ExecCheck(List<String> command, Duration timeout, MachineHost host, Consumer<Answer> reply) {
        this.command = command;
        this.timeout = timeout;
        this.host = host;
        this.reply = reply;
    }

    void begin(MachineContainer container) {
        if (timeout.compareTo(Check.UNLIMITED) < 0) {
            timer = host.after(timeout, this::late);
        }
        try {
            session = container.start(command, false, false, this);
        } catch (FileException refused) {
            answer(new Answer.Unknown(Refusals.probe(command.getFirst(), refused.errno())));
        }
    }

    @Override
    public boolean out(byte[] bytes) {
        synchronized (this) {
            said.write(bytes, 0, Math.min(bytes.length, MOST_BYTES - said.size()));
        }
        return true;
    }

    @Override
    public boolean err(byte[] bytes) {
        return out(bytes);
    }

    @Override
    public void exited(int code) {
        answer(
                code == 0
                        ? Answer.Good.GOOD
                        : new Answer.Bad(said.toString(StandardCharsets.UTF_8)));
    }

    @Override
    public void failed(String why) {
        answer(new Answer.Unknown(why));
    }

    private void late() {
        if (session != null) {
            session.signal(KILL);
        }
        answer(
                new Answer.Bad(
                        "command timed out: "
                                + Quoted.quote(String.join(" ", command))
                                + " timed out after "
                                + GoDuration.text(timeout)));
    }

    private void answer(Answer answer) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        timer.run();
        reply.accept(answer);
    }
}
