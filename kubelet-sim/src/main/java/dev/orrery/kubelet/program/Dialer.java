package dev.orrery.kubelet.program;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.HttpCall;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls another server a number of times, one call after the other. */
final class Dialer {

    private final String host;
    private final String port;
    private final String request;
    private int left;
    private final List<String> responses = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private @Nullable HttpCall call;

    Dialer(String host, String port, String request, int tries) {
        this.host = host;
        this.port = port;
        this.request = request;
        this.left = tries;
    }

    /** Goes on as far as it can; true once all calls are over. */
    boolean advance(Task task) {
        while (left > 0) {
            try {
                HttpCall current = call == null ? begin(task) : call;
                call = current;
                HttpResponse response = current.poll(task);
                if (response == null) {
                    return false;
                }
                responses.add(Raw.text(Raw.of(response.body(), 0, response.body().length)));
                current.close();
            } catch (FileException refused) {
                errors.add(
                        "Get \"http://"
                                + host
                                + ":"
                                + port
                                + "/"
                                + request
                                + "\": dial tcp "
                                + host
                                + ":"
                                + port
                                + ": connect: "
                                + refused.errno().words().toLowerCase(java.util.Locale.ROOT));
            }
            call = null;
            left--;
        }
        return true;
    }

    private HttpCall begin(Task task) {
        List<String> addresses = task.machine().network().resolve(host);
        if (addresses.isEmpty() || !port.matches("\\d{1,5}")) {
            throw new FileException(Errno.EHOSTUNREACH);
        }
        return new HttpCall(
                task.machine().network().connect(addresses.getFirst(), Integer.parseInt(port)),
                HttpRequest.get("/" + Raw.of(request), host + ":" + port));
    }

    String json() {
        ObjectNode all = new JsonMapper().createObjectNode();
        if (!responses.isEmpty()) {
            responses.forEach(all.putArray("responses")::add);
        }
        if (!errors.isEmpty()) {
            errors.forEach(all.putArray("errors")::add);
        }
        return all.toString();
    }
}
