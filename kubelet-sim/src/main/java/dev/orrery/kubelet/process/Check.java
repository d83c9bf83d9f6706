package dev.orrery.kubelet.process;

import java.util.List;

/** What a probe or a hook asks of a running process. */
public sealed interface Check {

    record Exec(List<String> command) implements Check {
        public Exec {
            command = List.copyOf(command);
        }
    }

    record Http(String scheme, String host, int port, String path) implements Check {}

    record Tcp(String host, int port) implements Check {}

    record Grpc(int port, String service) implements Check {}
}
