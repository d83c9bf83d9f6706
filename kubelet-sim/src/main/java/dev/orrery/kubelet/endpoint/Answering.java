package dev.orrery.kubelet.endpoint;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.file.FileException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** One request to a kubelet, which is answered and then closed. */
final class Answering {

    private static final int LONGEST_HEAD = 64 << 10;

    private final Connection connection;
    private final NodeReport report;
    private final Executor executor;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] answer = {};
    private int written;

    Answering(Connection connection, NodeReport report, Executor executor) {
        this.connection = connection;
        this.report = report;
        this.executor = executor;
    }

    void begin() {
        wake();
    }

    private void wake() {
        executor.execute(this::advance);
    }

    private synchronized void advance() {
        try {
            if (answer.length > 0 || listen()) {
                speak();
            }
        } catch (FileException _) {
            connection.close();
        }
    }

    /** Whether the request's head is whole; what may follow it is of no matter to a report. */
    private boolean listen() {
        byte[] buffer = new byte[4096];
        while (true) {
            int count = connection.read(buffer, this::wake);
            if (count == 0) {
                return false;
            }
            if (count == Channel.END || head.size() > LONGEST_HEAD) {
                connection.close();
                return false;
            }
            head.write(buffer, 0, count);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.contains("\r\n\r\n")) {
                String[] words = text.substring(0, text.indexOf('\r')).split(" ");
                String target = words.length > 1 ? words[1].replaceAll("\\?.*", "") : "/";
                answer = bytes(words[0], report.answer(words[0], target));
                return true;
            }
        }
    }

    private static byte[] bytes(String method, NodeReport.Page page) {
        byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(page.status(), page.reason(), page.type(), body.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(method.equals("HEAD") ? new byte[0] : body);
        return all.toByteArray();
    }

    private void speak() {
        while (written < answer.length) {
            int count = connection.write(answer, written, answer.length - written, this::wake);
            if (count == 0) {
                return;
            }
            written += count;
        }
        connection.close();
    }
}
