package dev.orrery.userland;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.User;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody sees who types. */
class TerminalTest {

    private final Bench bench = new Bench();
    private final StringBuilder screen = new StringBuilder();
    private boolean takes = true;

    private Session open(String... command) {
        Sink sink =
                bytes -> {
                    screen.append(Raw.of(bytes, 0, bytes.length));
                    return takes;
                };
        Session session =
                bench.machine()
                        .start(
                                new Exec(
                                        List.of(command),
                                        Map.of("HOME", "/root"),
                                        "/",
                                        User.ROOT,
                                        true,
                                        true,
                                        sink,
                                        sink));
        session.exit().thenAccept(code -> screen.append("[").append(code).append("]"));
        bench.run(Duration.ofSeconds(1));
        return session;
    }

    private void type(Session session, String keys) {
        session.write(
                Raw.bytes(
                        Raw.of(
                                keys.replace("^C", "\3")
                                        .replace("^D", "\4")
                                        .replace("^A", "\1")
                                        .replace("^E", "\5")
                                        .replace("^K", "\13")
                                        .replace("^U", "\25")
                                        .replace("^W", "\27")
                                        .replace("<UP>", "\33[A")
                                        .replace("<DOWN>", "\33[B")
                                        .replace("<LEFT>", "\33[D")
                                        .replace("<DEL>", "\177")
                                        .replace("\\r", "\r"))),
                () -> {});
        bench.run(Duration.ofSeconds(1));
    }

    @Test
    void promptsAsEachShellDoes() {
        open("bash");
        assertThat(screen).hasToString("root@web-0:/# ");

        screen.setLength(0);
        open("sh");
        assertThat(screen.toString()).endsWith("# ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    echo hi\\r|hi
                    echo ho<DEL>i\\r|hi
                    echo no^Uecho hi\\r|hi
                    echo a bc^Wd\\r|a d
                    ho^Aecho <LEFT>^E\\r|ho
                    echo ac<LEFT>b\\r|abc
                    echo axyz<LEFT><LEFT>^K\\r|ax
                    echo ä<DEL>o\\r|o
                    echo one\\r<UP>s\\r|ones
                    echo one\\recho two\\r<UP><UP>s\\r|ones
                    echo one\\r<UP><DOWN>echo two\\r|two
                    """)
    void letsALineBeCorrected(String keys, String printed) {
        Session session = open("sh");

        for (String line : keys.split("(?<=\\\\r)", -1)) {
            type(session, line);
        }

        assertThat(screen.toString().split("\r\n")).contains(printed);
    }

    @Test
    void interruptsWhatRunsAndGoesOn() {
        Session session = open("bash");

        type(session, "sleep 100\\r");
        type(session, "^C");
        type(session, "echo still here\\r");

        assertThat(screen.toString()).contains("^C\r\n").contains("\r\nstill here\r\n");
    }

    @Test
    void endsAtTheEndOfInput() {
        Session session = open("bash");

        type(session, "^D");

        assertThat(screen.toString()).endsWith("exit\r\n[0]");
    }

    @Test
    void endsTheInputOfOneProgramOnly() {
        Session session = open("bash");

        type(session, "cat\\rhello\\r^D");
        type(session, "echo back\\r");

        assertThat(screen.toString()).contains("hello\r\nhello\r\n").contains("\r\nback\r\n");
    }

    @Test
    void asksATypistToWaitWhoseScreenIsFull() {
        Session session = open("sh");
        takes = false;
        boolean[] drained = {false};

        session.write(Raw.bytes("echo"), () -> drained[0] = true);
        bench.run(Duration.ofSeconds(1));
        assertThat(drained[0]).isFalse();
        session.resume();

        assertThat(drained[0]).isTrue();
    }

    @Test
    void takesNoSizeThatIsNone() {
        Session session = open("sh");

        session.resize(0, -1);
        type(session, "echo fine\\r");

        assertThat(screen.toString()).contains("\r\nfine\r\n");
    }
}
