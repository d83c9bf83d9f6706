package dev.orrery.userland.http;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a message apart as its bytes come. Throws {@link MalformedMessage} for what is none, or is
 * larger than anything that a container of a simulation sends.
 */
final class MessageReader {

    private static final int LARGEST_HEAD = 64 << 10;
    private static final int LARGEST_BODY = 16 << 20;

    private final boolean response;
    private final boolean headOnly;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private byte[] pending = {};
    private @Nullable String first;
    private List<Header> headers = List.of();
    private long left;
    private boolean chunked;
    private boolean untilEnd;
    private boolean complete;

    MessageReader(boolean response) {
        this(response, false);
    }

    private MessageReader(boolean response, boolean headOnly) {
        this.response = response;
        this.headOnly = headOnly;
    }

    /** The answer to HEAD tells of a body that does not come. */
    static MessageReader ofResponse(String method) {
        return new MessageReader(true, method.equals("HEAD"));
    }

    /** Takes bytes; true once the message is whole. What is beyond it is kept for the next. */
    boolean take(byte[] bytes, int count) {
        pending = concat(pending, bytes, count);
        if (first == null && !head()) {
            return false;
        }
        if (!complete) {
            readBody();
        }
        return complete;
    }

    /** Nothing more comes; whether the message is whole with that. */
    boolean end() {
        complete |= first != null && untilEnd;
        return complete;
    }

    boolean begun() {
        return first != null || pending.length > 0;
    }

    String first() {
        return first == null ? "" : first;
    }

    List<Header> headers() {
        return headers;
    }

    byte[] body() {
        return body.toByteArray();
    }

    byte[] rest() {
        return pending;
    }

    private boolean head() {
        String text = Raw.of(pending, 0, Math.min(pending.length, LARGEST_HEAD));
        int end = text.indexOf("\r\n\r\n");
        int length = 4;
        if (end < 0) {
            end = text.indexOf("\n\n");
            length = 2;
        }
        if (end < 0) {
            if (pending.length >= LARGEST_HEAD || !mayBegin(text)) {
                throw new MalformedMessage();
            }
            return false;
        }
        List<String> lines = Arrays.asList(text.substring(0, end).split("\r?\n", -1));
        List<Header> found = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new MalformedMessage();
            }
            found.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        first = lines.getFirst();
        headers = found;
        drop(end + length);
        expectBody(lines.getFirst());
        return true;
    }

    /** A server does not wait for more of what does not begin as a request does. */
    private boolean mayBegin(String text) {
        int line = text.indexOf('\n');
        return response || line < 0 || text.substring(0, line).strip().split(" ", -1).length > 1;
    }

    private void expectBody(String line) {
        chunked = !headOnly && Header.says(headers, "Transfer-Encoding", "chunked");
        String length = Header.first(headers, "Content-Length");
        boolean none = headOnly || (response && line.matches("\\S+ (1\\d\\d|204|304).*"));
        if (length.isEmpty() || none) {
            left = 0;
            untilEnd = response && !chunked && !none;
        } else if (length.matches("\\d{1,9}")) {
            left = Long.parseLong(length);
        } else {
            throw new MalformedMessage();
        }
    }

    private void readBody() {
        if (chunked) {
            readChunks();
            return;
        }
        int count = (int) Math.min(untilEnd ? Integer.MAX_VALUE : left, pending.length);
        keep(count);
        left -= untilEnd ? 0 : count;
        complete = !untilEnd && left == 0;
    }

    private void readChunks() {
        while (!complete) {
            int line = indexOfLineFeed();
            if (line < 0) {
                return;
            }
            String size = Raw.of(pending, 0, line).strip().split(";", 2)[0];
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new MalformedMessage();
            }
            int length = Integer.parseInt(size, 16);
            int end = line + 1 + length;
            if (length > LARGEST_BODY) {
                throw new MalformedMessage();
            }
            if (pending.length < end + 2) {
                return;
            }
            drop(line + 1);
            keep(length);
            drop(Math.min(2, pending.length));
            complete = length == 0;
        }
    }

    private int indexOfLineFeed() {
        for (int i = 0; i < pending.length; i++) {
            if (pending[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void keep(int count) {
        if (body.size() + count > LARGEST_BODY) {
            throw new MalformedMessage();
        }
        body.write(pending, 0, count);
        drop(count);
    }

    private void drop(int count) {
        pending = Arrays.copyOfRange(pending, count, pending.length);
    }

    private static byte[] concat(byte[] before, byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(before, before.length + count);
        System.arraycopy(bytes, 0, all, before.length, count);
        return all;
    }

    /** What came is no message of HTTP. */
    static final class MalformedMessage extends RuntimeException {
        private static final long serialVersionUID = 1;

        MalformedMessage() {
            super("malformed HTTP message", null, false, false);
        }
    }
}
