package dev.orrery.kubelet.probe;

import dev.orrery.kubelet.wording.GoDuration;
import dev.orrery.kubelet.wording.Quoted;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one kind of check asks, judges and complains: in the words of a kubelet. */
sealed interface Wording {

    String host();

    int port();

    /** Null where it is enough that somebody listens. */
    @Nullable HttpRequest request();

    /** Whether it is asked over TLS. */
    default boolean isSecure() {
        return false;
    }

    Answer judge(HttpResponse response);

    /** Where TLS was spoken by one side only. */
    default Answer plain() {
        return broken();
    }

    /** Whom to ask instead, as the answer says; null: the answer counts. */
    default @Nullable Wording redirected(HttpResponse response) {
        return null;
    }

    Answer refused(Errno errno);

    Answer broken();

    Answer late();

    /** It was sent on too often. */
    default Answer endless() {
        return late();
    }

    static Wording of(Check.OfServer check, Duration timeout) {
        return switch (check) {
            case Check.Http http -> new Http(http);
            case Check.Tcp(String host, int port) -> new Tcp(host, port);
            case Check.Grpc grpc -> new Grpc(grpc, timeout);
        };
    }

    static String dial(String host, int port, Errno errno) {
        String why =
                switch (errno) {
                    case ECONNREFUSED -> "connect: connection refused";
                    case EHOSTUNREACH -> "connect: no route to host";
                    case ETIMEDOUT -> "i/o timeout";
                    default -> "connect: " + errno.words().toLowerCase(java.util.Locale.ROOT);
                };
        return "dial tcp " + address(host, port) + ": " + why;
    }

    static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    record Tcp(String host, int port) implements Wording {

        @Override
        public @Nullable HttpRequest request() {
            return null;
        }

        @Override
        public Answer judge(HttpResponse response) {
            return Answer.Good.GOOD;
        }

        @Override
        public Answer refused(Errno errno) {
            return new Answer.Bad(dial(host, port, errno));
        }

        @Override
        public Answer broken() {
            return Answer.Good.GOOD;
        }

        @Override
        public Answer late() {
            return new Answer.Bad("dial tcp " + address(host, port) + ": i/o timeout");
        }
    }

    record Http(Check.Http check) implements Wording {

        private static final int FIRST_GOOD = 200;
        private static final int FIRST_REDIRECT = 300;
        private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
        private static final int FIRST_BAD = 400;

        @Override
        public String host() {
            return check.host();
        }

        @Override
        public int port() {
            return check.port();
        }

        @Override
        public boolean isSecure() {
            return check.scheme().equalsIgnoreCase("https");
        }

        @Override
        public Answer plain() {
            return new Answer.Bad(get() + "http: server gave HTTP response to HTTPS client");
        }

        @Override
        public HttpRequest request() {
            String path = check.path().startsWith("/") ? check.path() : "/" + check.path();
            HttpRequest request =
                    HttpRequest.get(Raw.of(path), address(host(), port()))
                            .with(new Header("User-Agent", check.agent()))
                            .with(new Header("Accept", "*/*"));
            for (Header header : check.headers()) {
                request = request.with(header);
            }
            return request;
        }

        @Override
        public Answer judge(HttpResponse response) {
            if (response.status() < FIRST_GOOD || response.status() >= FIRST_BAD) {
                return new Answer.Bad("HTTP probe failed with statuscode: " + response.status());
            }
            return response.status() < FIRST_REDIRECT
                    ? Answer.Good.GOOD
                    : new Answer.Warning(
                            "Probe terminated redirects, Response body: "
                                    + Raw.text(Raw.of(response.body(), 0, response.body().length)));
        }

        /** Only within the same host: a kubelet does not let itself be sent about. */
        @Override
        public @Nullable Wording redirected(HttpResponse response) {
            if (!REDIRECTS.contains(response.status()) || response.header("Location").isEmpty()) {
                return null;
            }
            URI to;
            try {
                to = base().resolve(response.header("Location"));
            } catch (IllegalArgumentException unreadable) {
                return null;
            }
            if (to.getHost() == null || !to.getHost().equals(base().getHost())) {
                return null;
            }
            int usual = "https".equals(to.getScheme()) ? 443 : 80;
            String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
            return new Http(
                    new Check.Http(
                            check.agent(),
                            to.getScheme(),
                            host(),
                            to.getPort() < 0 ? usual : to.getPort(),
                            to.getRawPath() + query,
                            check.headers()));
        }

        private URI base() {
            String path = check.path().startsWith("/") ? check.path() : "/" + check.path();
            return URI.create(
                    check.scheme().toLowerCase(java.util.Locale.ROOT)
                            + "://"
                            + address(host(), port())
                            + path);
        }

        @Override
        public Answer refused(Errno errno) {
            return new Answer.Bad(get() + dial(host(), port(), errno));
        }

        @Override
        public Answer broken() {
            return new Answer.Bad(get() + "EOF");
        }

        @Override
        public Answer late() {
            return new Answer.Bad(
                    get()
                            + "context deadline exceeded (Client.Timeout exceeded while awaiting"
                            + " headers)");
        }

        @Override
        public Answer endless() {
            return new Answer.Bad(get() + "stopped after 10 redirects");
        }

        private String get() {
            String scheme = check.scheme().toLowerCase(java.util.Locale.ROOT);
            String path = check.path().startsWith("/") ? check.path() : "/" + check.path();
            return "Get " + Quoted.quote(scheme + "://" + address(host(), port()) + path) + ": ";
        }
    }

    record Grpc(Check.Grpc check, Duration timeout) implements Wording {

        @Override
        public String host() {
            return check.host();
        }

        @Override
        public int port() {
            return check.port();
        }

        @Override
        public HttpRequest request() {
            return HealthProtocol.request(address(host(), port()), check.service());
        }

        @Override
        public Answer judge(HttpResponse response) {
            return HealthProtocol.judge(response);
        }

        @Override
        public Answer refused(Errno errno) {
            return new Answer.Bad(
                    "timeout: failed to connect service "
                            + Quoted.quote(address(host(), port()))
                            + " within "
                            + GoDuration.text(timeout)
                            + ": context deadline exceeded");
        }

        @Override
        public Answer broken() {
            return new Answer.Bad(
                    "error: health rpc probe failed: rpc error: code = Unavailable desc ="
                            + " connection closed");
        }

        @Override
        public Answer late() {
            return new Answer.Bad(
                    "timeout: health rpc did not complete within " + GoDuration.text(timeout));
        }
    }
}
