package dev.orrery.kubelet.probe;

import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.util.List;

/**
 * gRPC's health check as servers of the simulated network speak it: the calls and codes of {@code
 * grpc.health.v1.Health}, with words instead of protocol buffers, over the HTTP that they have.
 */
public final class HealthProtocol {

    private static final String PATH = "/grpc.health.v1.Health/Check";
    private static final String TYPE = "application/grpc";

    private HealthProtocol() {}

    static HttpRequest request(String authority, String service) {
        return new HttpRequest(
                "POST",
                PATH,
                List.of(
                        new Header("Host", authority),
                        new Header("Content-Type", TYPE),
                        new Header("User-Agent", "kube-probe/1.36")),
                Raw.bytes(Raw.of(service)),
                "");
    }

    public static boolean asks(HttpRequest request) {
        return request.target().equals(PATH) && request.header("Content-Type").equals(TYPE);
    }

    public static HttpResponse serving(boolean yes) {
        return HttpResponse.of(200, TYPE, Raw.bytes(yes ? "SERVING" : "NOT_SERVING"));
    }

    static Answer judge(HttpResponse response) {
        if (!response.header("Content-Type").equals(TYPE)) {
            return new Answer.Bad(
                    "error: health rpc probe failed: rpc error: code = Unavailable desc ="
                            + " connection error: desc = \"error reading server preface: http2:"
                            + " failed reading the frame payload\"");
        }
        String status = Raw.of(response.body(), 0, response.body().length);
        return status.equals("SERVING")
                ? Answer.Good.GOOD
                : new Answer.Bad("service unhealthy (responded with \"" + status + "\")");
    }
}
