package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.probe.Check;
import dev.orrery.userland.http.Header;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The questions that probes and hooks put to a process. */
final class Checks {

    private static final String PROBE = "kube-probe/1.36";
    private static final String HOOK = "kube-lifecycle/1.36";

    private Checks() {}

    static Check of(Probe probe, Container container, String podIp) {
        Check check =
                of(
                        PROBE,
                        probe.getExec(),
                        probe.getHttpGet(),
                        probe.getTcpSocket(),
                        container,
                        podIp);
        GRPCAction grpc = probe.getGrpc();
        if (check == null && grpc != null) {
            return new Check.Grpc(
                    podIp, grpc.getPort(), Objects.requireNonNullElse(grpc.getService(), ""));
        }
        return check == null ? new Check.Tcp(podIp, 0) : check;
    }

    /** Null where the hook asks nothing of the process. */
    static @Nullable Check of(LifecycleHandler hook, Container container, String podIp) {
        return of(HOOK, hook.getExec(), hook.getHttpGet(), hook.getTcpSocket(), container, podIp);
    }

    private static @Nullable Check of(
            String agent,
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction http,
            @Nullable TCPSocketAction tcp,
            Container container,
            String podIp) {
        if (exec != null) {
            return new Check.Exec(exec.getCommand());
        }
        if (http != null) {
            return new Check.Http(
                    agent,
                    Objects.requireNonNullElse(http.getScheme(), "HTTP"),
                    host(http.getHost(), podIp),
                    port(http.getPort(), container),
                    Objects.requireNonNullElse(http.getPath(), "/"),
                    http.getHttpHeaders().stream()
                            .map(each -> new Header(each.getName(), each.getValue()))
                            .toList());
        }
        if (tcp != null) {
            return new Check.Tcp(host(tcp.getHost(), podIp), port(tcp.getPort(), container));
        }
        return null;
    }

    private static String host(@Nullable String host, String podIp) {
        return host == null || host.isEmpty() ? podIp : host;
    }

    /** 0 where the container has no port of the name. */
    private static int port(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(each -> Objects.equals(each.getName(), port.getStrVal()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(0);
    }
}
