package dev.orrery.apiserver.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelCommandTest {

    private final RecordingLink link = new RecordingLink();
    private final List<String> heard = new ArrayList<>();
    private final ChannelCommand command = new ChannelCommand(link);

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
