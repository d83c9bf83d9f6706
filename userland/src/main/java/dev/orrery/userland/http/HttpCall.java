package dev.orrery.userland.http;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Waiter;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import org.jspecify.annotations.Nullable;

/** One request over a connection, polled by its caller, who is woken when polling makes sense. */
public final class HttpCall {

    private final Connection connection;
    private final byte[] request;
    private final MessageReader reader;
    private final byte[] buffer = new byte[4096];
    private int sent;

    public HttpCall(Connection connection, HttpRequest request) {
        this.connection = connection;
        this.request = request.bytes();
        this.reader = MessageReader.ofResponse(request.method());
    }

    /** The answer, or null if it has not come yet. Throws ECONNRESET where none will come. */
    public @Nullable HttpResponse poll(Waiter waiter) {
        while (sent < request.length) {
            int count = write(waiter);
            if (count == 0) {
                return null;
            }
            sent += count;
        }
        while (true) {
            int count = connection.read(buffer, waiter);
            if (count == 0) {
                return null;
            }
            if (count == Channel.END) {
                if (!reader.end()) {
                    throw new FileException(Errno.ECONNRESET);
                }
                return response();
            }
            if (take(count)) {
                return response();
            }
        }
    }

    /** A server that answers before it has read everything closes its ear first. */
    private int write(Waiter waiter) {
        try {
            return connection.write(request, sent, request.length - sent, waiter);
        } catch (FileException closed) {
            return request.length - sent;
        }
    }

    private boolean take(int count) {
        try {
            return reader.take(buffer, count);
        } catch (MessageReader.MalformedMessage malformed) {
            throw new FileException(Errno.EPROTO);
        }
    }

    private HttpResponse response() {
        String[] words = reader.first().split(" ", 3);
        if (words.length < 2 || !words[1].matches("\\d{3}")) {
            throw new FileException(Errno.EPROTO);
        }
        return new HttpResponse(
                Integer.parseInt(words[1]),
                words.length > 2 ? words[2] : "",
                reader.headers(),
                reader.body());
    }

    public void close() {
        connection.close();
    }
}
