package dev.orrery.apiserver.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.NodeAgents.UnreachableException;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortForwardTest {

    private final RecordingLink link = new RecordingLink();
    private final SpdyClient client = new SpdyClient(link);
    private final Pod pod = new Pod();

    PortForwardTest() {
        new PortForward(link, Runnable::run, new Connect.Ports("node-1", "uid-1"), pod).begin();
    }

    private int connect(String request, String port) {
        client.open(Map.of("streamtype", "error", "port", port, "requestid", request));
        return client.open(Map.of("streamtype", "data", "port", port, "requestid", request));
    }

    @Test
    void joinsAPairOfStreamsToAPortOfThePod() {
        int data = connect("0", "80");
        client.write(data, "ping");
        pod.receiver().data(bytes("pong"));

        assertThat(pod.target).isEqualTo(new Tunnels.Target.InPod("node-1", "uid-1", 80));
        assertThat(pod.written).containsExactly("ping");
        assertThat(client.frames()).containsExactly("reply 1", "reply 3", "data 3 pong");
        assertThat(pod.asked).isEqualTo(1);
    }

    @Test
    void saysInTheErrorStreamWhyAPortDoesNotAnswer() {
        pod.refusal = "connect: connection refused";
        connect("0", "81");

        assertThat(String.join("\n", client.frames()))
                .contains("data 1 error forwarding port 81 to pod uid-1, uid : ")
                .contains("dial tcp4 127.0.0.1:81: connect: connection refused")
                .contains("data 3 end")
                .contains("data 1 end");
        assertThat(link.closed).isFalse();
    }

    @Test
    void endsBothWaysEachForItself() {
        int data = connect("0", "80");
        client.end(data);
        assertThat(pod.ended).isTrue();
        assertThat(pod.closed).isFalse();

        pod.receiver().ended();

        assertThat(pod.closed).isTrue();
        assertThat(client.frames()).contains("data 3 end", "data 1 end");
    }

    @Test
    void readsNothingFromTheClientWhileAPortTakesNothing() {
        int data = connect("0", "80");
        assertThat(link.paused).isFalse();
        pod.full = true;

        client.write(data, "more than it takes");
        assertThat(link.paused).isTrue();
        pod.receiver().ready();

        assertThat(link.paused).isFalse();
    }

    @Test
    void asksThePodForNothingWhileTheClientTakesNothing() {
        connect("0", "80");
        link.full = true;
        pod.receiver().data(bytes("a"));
        pod.receiver().data(bytes("b"));
        assertThat(pod.asked).isZero();

        link.drain();

        assertThat(pod.asked).isEqualTo(2);
    }

    @Test
    void refusesStreamsThatDoNotFit() {
        client.open(Map.of("streamtype", "data", "port", "80", "requestid", "0"));
        client.open(Map.of("streamtype", "error", "port", "0", "requestid", "1"));
        client.open(Map.of("streamtype", "error", "port", "70000", "requestid", "2"));
        client.open(Map.of("streamtype", "other", "port", "80", "requestid", "3"));

        assertThat(client.frames()).allMatch(frame -> frame.endsWith("REFUSED_STREAM")).hasSize(4);
    }

    @Test
    void closesEveryConnectionOfAClientThatHasGone() {
        connect("0", "80");

        link.leave();

        assertThat(pod.closed).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A pod with one port. */
    private static final class Pod implements Tunnels, Tunnel {

        private final List<String> written = new ArrayList<>();
        private @Nullable Target target;
        private @Nullable Receiver receiver;
        private String refusal = "";
        private boolean full;
        private boolean ended;
        private boolean closed;
        private int asked;

        Receiver receiver() {
            if (receiver == null) {
                throw new AssertionError("nobody has begun");
            }
            return receiver;
        }

        @Override
        public CompletionStage<Tunnel> open(Target asks) {
            target = asks;
            return refusal.isEmpty()
                    ? CompletableFuture.completedFuture(this)
                    : CompletableFuture.failedFuture(new UnreachableException(refusal));
        }

        @Override
        public void begin(Receiver hears) {
            receiver = hears;
        }

        @Override
        public boolean write(byte[] bytes) {
            written.add(new String(bytes, StandardCharsets.UTF_8));
            return !full;
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void more() {
            asked++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
