package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Outflow;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends the lines of a watch or a log, as fast as the client takes them and no faster. All of it
 * happens in the connection's context.
 */
final class Streamed {

    /** As much as is put into one write, so that a long list is not a thousand small frames. */
    private static final int BATCH_BYTES = 64 << 10;

    private final HttpServerResponse response;
    private final Outflow lines;
    private final Context context;
    private boolean done;

    Streamed(HttpServerResponse response, Outflow lines, Context context) {
        this.response = response;
        this.lines = lines;
        this.context = context;
    }

    void start() {
        if (response.closed()) {
            lines.close();
            return;
        }
        response.setChunked(true);
        response.closeHandler(_ -> stop());
        response.exceptionHandler(_ -> stop());
        response.drainHandler(_ -> drain());
        response.write(Buffer.buffer()); // the client waits for the headers
        lines.onReady(() -> context.runOnContext(_ -> drain()));
    }

    private void drain() {
        boolean more = true;
        while (more && !done && !response.writeQueueFull()) {
            Buffer batch = Buffer.buffer();
            more = fill(batch);
            if (done) {
                response.end(batch);
            } else if (batch.length() > 0) {
                response.write(batch);
            }
        }
    }

    /** False once there is nothing more to take, for now or for ever. */
    private boolean fill(Buffer batch) {
        while (batch.length() < BATCH_BYTES) {
            byte[] line = lines.poll();
            if (line == null) {
                stop();
                return false;
            }
            if (line.length == 0) {
                return false;
            }
            batch.appendBytes(line);
        }
        return true;
    }

    private void stop() {
        done = true;
        lines.close();
    }
}
