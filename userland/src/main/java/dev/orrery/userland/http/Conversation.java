package dev.orrery.userland.http;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a server, with a request at a time. On the server's lane. */
final class Conversation {

    private final Connection connection;
    private MessageReader reader = new MessageReader(false);
    private boolean answering;
    private boolean last;
    private byte @Nullable [] answer;
    private int written;
    private boolean closed;

    Conversation(Connection connection) {
        this.connection = connection;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        if (!closed) {
            closed = true;
            connection.close();
        }
    }

    /** Goes on as far as it can; whole requests are handed over. */
    void advance(Task task, Consumer<Exchange> handler) {
        try {
            while (!closed && (answer == null ? listen(task, handler) : speak(task))) {}
        } catch (FileException gone) {
            close();
        } catch (MessageReader.MalformedMessage malformed) {
            last = true;
            answer = HttpResponse.text(400, "400 Bad Request").bytes(true, true);
            task.wake();
        }
    }

    private boolean listen(Task task, Consumer<Exchange> handler) {
        if (answering) {
            return false;
        }
        if (reader.begun() && reader.take(new byte[0], 0)) {
            request(task, handler);
            return true;
        }
        byte[] buffer = new byte[4096];
        int count = connection.read(buffer, task);
        if (count == 0) {
            return false;
        }
        if (count == Channel.END) {
            close();
            return false;
        }
        if (reader.take(buffer, count)) {
            request(task, handler);
        }
        return true;
    }

    private void request(Task task, Consumer<Exchange> handler) {
        String[] words = reader.first().split(" ", -1);
        if (words.length < 2) {
            throw new MessageReader.MalformedMessage();
        }
        HttpRequest request =
                new HttpRequest(
                        words[0],
                        words[1],
                        reader.headers(),
                        reader.body(),
                        connection.peer().toString());
        last =
                Header.says(request.headers(), "Connection", "close")
                        || (words.length > 2 && words[2].equals("HTTP/1.0"));
        MessageReader next = new MessageReader(false);
        byte[] rest = reader.rest();
        reader = next;
        if (rest.length > 0) {
            next.take(rest, rest.length);
        }
        answering = true;
        handler.accept(new Exchange(request, response -> answered(task, request, response)));
    }

    private void answered(Task task, HttpRequest request, HttpResponse response) {
        if (answer == null && !closed) {
            boolean close = Header.says(response.headers(), "Connection", "close");
            last |= close;
            answer = response.bytes(!request.method().equals("HEAD"), last && !close);
            task.wake();
        }
    }

    private boolean speak(Task task) {
        byte[] bytes = answer;
        if (bytes == null) {
            return false;
        }
        int count = connection.write(bytes, written, bytes.length - written, task);
        written += count;
        if (written < bytes.length) {
            return count > 0;
        }
        answer = null;
        answering = false;
        written = 0;
        if (last) {
            close();
        }
        return true;
    }
}
