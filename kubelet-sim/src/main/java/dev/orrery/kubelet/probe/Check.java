package dev.orrery.kubelet.probe;

import dev.orrery.userland.http.Header;
import java.time.Duration;
import java.util.List;

/** What a probe or a hook asks of a running container. */
public sealed interface Check {

    /** For what only the end of the container ends. */
    Duration UNLIMITED = Duration.ofDays(36_500);

    record Exec(List<String> command) implements Check {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /** What is asked of a server of the pod's network. */
    sealed interface OfServer extends Check {}

    /**
     * @param agent as which the kubelet introduces itself
     */
    record Http(
            String agent, String scheme, String host, int port, String path, List<Header> headers)
            implements OfServer {
        public Http {
            headers = List.copyOf(headers);
        }
    }

    record Tcp(String host, int port) implements OfServer {}

    record Grpc(String host, int port, String service) implements OfServer {}
}
