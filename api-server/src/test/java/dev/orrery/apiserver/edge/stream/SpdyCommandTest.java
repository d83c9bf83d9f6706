package dev.orrery.apiserver.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpdyCommandTest {

    private final RecordingLink link = new RecordingLink();
    private final SpdyClient client = new SpdyClient(link);
    private final Heard heard = new Heard();
    private final SpdyCommand command = new SpdyCommand(link, true, true, true, false);

    SpdyCommandTest() {
        command.begin(heard);
    }

    private int open(String type) {
        return client.open(Map.of("streamtype", type));
    }

    @Test
    void beginsOnceAllStreamsAreThereThatWereAskedFor() {
        open("error");
        open("stdin");
        open("stdout");
        assertThat(heard.events).isEmpty();
        assertThat(link.paused).isFalse();

        open("stderr");

        assertThat(heard.events).containsExactly("open");
        assertThat(client.frames()).containsExactly("reply 1", "reply 3", "reply 5", "reply 7");
    }

    @Test
    void passesInputAndItsEnd() {
        open("error");
        int stdin = open("stdin");
        open("stdout");
        open("stderr");

        client.write(stdin, "hello");
        client.end(stdin);

        assertThat(heard.events).containsExactly("open", "stdin hello", "end");
    }

    @Test
    void writesOutputAndTheOutcomeAndTakesItsLeave() {
        open("error");
        open("stdin");
        int stdout = open("stdout");
        int stderr = open("stderr");
        client.frames();

        command.out(bytes("out"));
        command.err(bytes("err"));
        command.finish(bytes("{}"));

        assertThat(client.frames())
                .contains("data 5 out", "data 7 err", "data 1 {}")
                .contains("data " + stdout + " end", "data " + stderr + " end")
                .endsWith("farewell");
        assertThat(link.closed).isTrue();
    }

    @Test
    void refusesStreamsThatNobodyAskedForOrThatAreThereAlready() {
        open("error");
        open("error");
        open("resize");
        client.open(Map.of("something", "else"));

        assertThat(client.frames())
                .containsExactly(
                        "reply 1",
                        "reset 3 REFUSED_STREAM",
                        "reset 5 REFUSED_STREAM",
                        "reset 7 REFUSED_STREAM");
    }

    @Test
    void resetsDataForAStreamThatDoesNotExist() {
        client.write(99, "x");

        assertThat(client.frames()).containsExactly("reset 99 INVALID_STREAM");
        assertThat(heard.events).isEmpty();
    }

    @Test
    void endsAConnectionThatIsNoSpdy() {
        byte[] nonsense = new byte[64];
        java.util.Arrays.fill(nonsense, (byte) 0xff);

        link.client(nonsense);

        assertThat(link.closed).isTrue();
        assertThat(heard.events).containsExactly("gone");
    }

    @Test
    void tellsThatTheClientHasGone() {
        link.leave();

        assertThat(heard.events).containsExactly("gone");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Heard implements RemoteCommand.Listener {

        private final List<String> events = new ArrayList<>();

        @Override
        public void open() {
            events.add("open");
        }

        @Override
        public void stdin(byte[] bytes) {
            events.add("stdin " + new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void endOfStdin() {
            events.add("end");
        }

        @Override
        public void resize(byte[] size) {
            events.add("resize " + new String(size, StandardCharsets.UTF_8));
        }

        @Override
        public void drained() {
            events.add("drained");
        }

        @Override
        public void gone() {
            events.add("gone");
        }
    }
}
