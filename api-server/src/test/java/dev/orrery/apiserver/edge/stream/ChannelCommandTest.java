package dev.orrery.apiserver.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.edge.stream.ChannelCommand.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelCommandTest {

    private final RecordingLink link = new RecordingLink();
    private final List<String> heard = new ArrayList<>();
    private final ChannelCommand command =
            new ChannelCommand(link, Dialect.of("v5.channel.k8s.io"));

    ChannelCommandTest() {
        command.begin(new Listening());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0 h i, stdin hi
                    255 0, end
                    4 {, resize {
                    0, 'stdin '
                    255, ''
                    255 0 0, ''
                    255 1, ''
                    1 x, ''
                    3 x, ''
                    99 x, ''
                    '', ''
                    """)
    void understandsMessagesAndPassesOverTheRest(String message, String expected) {
        List<String> words = message.isEmpty() ? List.of() : List.of(message.split(" "));
        byte[] bytes = new byte[words.size()];
        for (int i = 0; i < bytes.length; i++) {
            String word = words.get(i);
            boolean number = Character.isDigit(word.charAt(0));
            bytes[i] = (byte) (number ? Integer.parseInt(word) : word.charAt(0));
        }

        link.client(bytes);

        assertThat(heard.subList(1, heard.size()))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void numbersItsMessages() {
        command.out("a".getBytes(StandardCharsets.UTF_8));
        command.err("b".getBytes(StandardCharsets.UTF_8));
        command.finish("{}".getBytes(StandardCharsets.UTF_8));

        assertThat(
                        link.written.stream()
                                .map(each -> each.getByte(0) + each.getString(1, each.length())))
                .containsExactly("1", "1a", "2b", "3{}");
        assertThat(link.closed).isTrue();
    }

    /** Of those before version 4 a good end is no message. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    v4.channel.k8s.io,        Success, 1|1a|3{...}
                    v4.base64.channel.k8s.io, Failure, 1|1YQ==|3eyJ...
                    channel.k8s.io,           Success, 1|1a
                    channel.k8s.io,           Failure, 1|1a|3why
                    base64.channel.k8s.io,    Failure, 1|1YQ==|3d2h5
                    '',                       Failure, 1|1a|3why
                    """)
    void speaksTheOlderProtocolsToo(String protocol, String status, String expected) {
        boolean text = protocol.contains("base64");
        RecordingLink other = new RecordingLink();
        ChannelCommand older = new ChannelCommand(other, Dialect.of(protocol));
        older.begin(new Listening());
        older.out("a".getBytes(StandardCharsets.UTF_8));
        older.finish(
                ("{\"status\":\"" + status + "\",\"message\":\"why\"}")
                        .getBytes(StandardCharsets.UTF_8));

        String written =
                other.written.stream()
                        .map(each ->
                                (text ? each.getString(0, 1) : each.getByte(0))
                                        + each.getString(1, each.length()))
                        .map(each -> each.replaceFirst("^3\\{.*", "3{...}"))
                        .map(each -> each.replaceFirst("^3eyJ.*", "3eyJ..."))
                        .collect(Collectors.joining("|"));
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void readsBase64() {
        RecordingLink other = new RecordingLink();
        new ChannelCommand(other, Dialect.of("v4.base64.channel.k8s.io")).begin(new Listening());
        heard.clear();

        other.client("0aGk=".getBytes(StandardCharsets.UTF_8));
        other.client("0???".getBytes(StandardCharsets.UTF_8));

        assertThat(heard).containsExactly("stdin hi", "stdin ");
    }

    private final class Listening implements RemoteCommand.Listener {

        @Override
        public void open() {
            heard.add("open");
        }

        @Override
        public void stdin(byte[] bytes) {
            heard.add("stdin " + new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void endOfStdin() {
            heard.add("end");
        }

        @Override
        public void resize(byte[] size) {
            heard.add("resize " + new String(size, StandardCharsets.UTF_8));
        }

        @Override
        public void drained() {
            heard.add("drained");
        }

        @Override
        public void gone() {
            heard.add("gone");
        }
    }
}
