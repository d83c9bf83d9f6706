package dev.orrery.kubelet.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MachineInsideTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Told told = new Told();
    private final MachineInside inside =
            new MachineInside(
                    new MachineHost(clock, tasks::add, new SplittableRandom(7)),
                    "web",
                    "127.0.0.1",
                    "/srv",
                    Map.of("GREETING", "hello"),
                    List.of("nginx", "-g", "daemon off;"));

    @Test
    void runsAShellInTheContainersFolderAndEnvironment() {
        inside.run(script("pwd; echo $GREETING; cat /etc/hostname; exit 3"), false, false, told);
        settle();
        assertThat(told.text).hasToString("/srv\nhello\nweb\n[3]");
    }

    @Test
    void filesStayFromOneCommandToTheNext() {
        inside.run(script("echo one > /tmp/x"), false, false, told);
        settle();
        inside.run(List.of("cat", "/tmp/x"), false, false, told);
        settle();
        assertThat(told.text).hasToString("[0]one\n[0]");
    }

    @Test
    void theContainersOwnProcessIsNumberOne() {
        inside.run(List.of("ps"), false, false, told);
        settle();
        assertThat(told.text.toString()).contains("1 root      0:00 nginx -g daemon off;");
    }

    @Test
    void readsWhatItIsGiven() {
        Session session = inside.run(List.of("cat"), true, false, told);
        session.write("hi".getBytes(StandardCharsets.UTF_8), () -> {});
        session.endInput();
        settle();
        assertThat(told.text).hasToString("hi[0]");
    }

    @Test
    void saysWhyACommandCannotBeRun() {
        inside.run(List.of("nope"), false, false, told);
        inside.run(List.of("/bin/nope"), false, false, told);
        settle();
        assertThat(told.text.toString())
                .contains("exec: \"nope\": executable file not found in $PATH: unknown")
                .contains(
                        "exec: \"/bin/nope\": stat /bin/nope: no such file or directory: unknown");
    }

    @Test
    void allEndsWithTheContainer() {
        inside.run(List.of("sleep", "100"), false, false, told);
        settle();
        clock.advance(Duration.ofSeconds(5));
        inside.end();
        settle();
        assertThat(told.text).hasToString("[137]");
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    private static List<String> script(String script) {
        return List.of("sh", "-c", script);
    }

    /** What was printed, with the exit code in brackets. */
    private static final class Told implements SessionOutput {

        private final StringBuilder text = new StringBuilder();

        @Override
        public boolean out(byte[] bytes) {
            text.append(new String(bytes, StandardCharsets.UTF_8));
            return true;
        }

        @Override
        public boolean err(byte[] bytes) {
            return out(bytes);
        }

        @Override
        public void exited(int code) {
            text.append('[').append(code).append(']');
        }

        @Override
        public void failed(String why) {
            text.append(why).append('\n');
        }
    }
}
