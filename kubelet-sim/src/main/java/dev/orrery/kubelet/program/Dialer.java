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
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Resolver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls another server a number of times, one call after the other. */
final class Dialer {

    private final String host;
    private final String port;
    private final String request;
    private final boolean datagrams;
    private int left;
    private final List<String> responses = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private @Nullable HttpCall call;
    private @Nullable DatagramCall question;

    Dialer(String host, String port, String request, boolean datagrams, int tries) {
        this.host = host;
        this.port = port;
        this.request = request;
        this.datagrams = datagrams;
        this.left = tries;
    }

    /** Goes on as far as it can; true once all calls are over. */
    boolean advance(Task task) {
        while (left > 0) {
            if (datagrams) {
                if (!ask(task)) {
                    return false;
                }
                left--;
                continue;
            }
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

    /** False until there is an answer, or there will be none. */
    private boolean ask(Task task) {
        try {
            DatagramCall current = question;
            if (current == null) {
                current = DatagramCall.to(task, address(task), request);
                question = current;
            }
            String answer = current.poll(task);
            if (answer == null) {
                return false;
            }
            responses.add(Raw.text(answer));
        } catch (FileException refused) {
            errors.add(
                    "reading from udp connection failed. err:'read udp "
                            + host
                            + ":"
                            + port
                            + ": "
                            + (refused.errno() == Errno.ETIMEDOUT
                                    ? "i/o timeout"
                                    : refused.errno().words().toLowerCase(java.util.Locale.ROOT))
                            + "'");
        }
        if (question != null) {
            question.close();
            question = null;
        }
        return true;
    }

    private Address address(Task task) {
        List<String> addresses = Resolver.of(task.machine()).addresses(host);
        if (addresses.isEmpty() || !port.matches("\\d{1,5}")) {
            throw new FileException(Errno.EHOSTUNREACH);
        }
        return new Address(addresses.getFirst(), Integer.parseInt(port));
    }

    private HttpCall begin(Task task) {
        Address to = address(task);
        return new HttpCall(
                task.machine().network().connect(to.host(), to.port()),
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
