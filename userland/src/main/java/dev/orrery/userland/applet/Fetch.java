package dev.orrery.userland.applet;

import dev.orrery.userland.Connection;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpCall;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.network.ClientSecurity;
import dev.orrery.userland.network.Resolver;
import dev.orrery.userland.network.SecureChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a command. */
final class Fetch {

    private final Url url;
    private final Connection connection;
    private @Nullable HttpCall call;

    private Fetch(Url url, Connection connection) {
        this.url = url;
        this.connection = connection;
    }

    /**
     * Throws ENOENT where nobody knows the name, else as connect(2) does.
     *
     * @param authorities whom to trust, as PEM
     */
    static Fetch of(Task task, Url url, boolean insecure, String authorities) {
        List<String> addresses = Resolver.of(task.machine()).addresses(url.host());
        if (addresses.isEmpty()) {
            throw new FileException(Errno.ENOENT);
        }
        Connection raw = task.machine().network().connect(addresses.getFirst(), url.port());
        task.whenOver(raw::close);
        Connection connection =
                url.secure()
                        ? SecureChannel.over(
                                raw,
                                ClientSecurity.engine(
                                        url.host(), url.port(), insecure, authorities))
                        : raw;
        return new Fetch(url, connection);
    }

    void send(String method, List<Header> headers, byte[] body, String agent) {
        List<Header> all = new ArrayList<>();
        all.add(new Header("Host", url.authority()));
        if (headers.stream().noneMatch(each -> each.name().equalsIgnoreCase("User-Agent"))) {
            all.add(new Header("User-Agent", agent));
        }
        all.add(new Header("Accept", "*/*"));
        all.removeIf(
                each -> headers.stream().anyMatch(own -> own.name().equalsIgnoreCase(each.name())));
        all.addAll(headers);
        call = new HttpCall(connection, new HttpRequest(method, url.target(), all, body, ""));
    }

    /** Null until the answer is whole. */
    @Nullable HttpResponse poll(Task task) {
        return call == null ? null : call.poll(task);
    }

    Url url() {
        return url;
    }

    Connection connection() {
        return connection;
    }

    /** Why TLS broke. */
    static String tlsFault(Connection connection) {
        return SecureChannel.fault(connection) == null
                ? "unknown"
                : "unable to get local issuer certificate";
    }

    void close() {
        connection.close();
    }
}
