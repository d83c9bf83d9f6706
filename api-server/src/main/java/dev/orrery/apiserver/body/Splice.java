package dev.orrery.apiserver.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts the resourceVersion into stored JSON without parsing it: nobody knows an object's version
 * when its record is written.
 */
public final class Splice {

    private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE =
            "\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\",".getBytes(StandardCharsets.US_ASCII);

    private Splice() {}

    /**
     * @param json as {@link Trees#store} wrote it
     * @param resourceVersion 0 for none
     */
    public static byte[] version(byte[] json, long resourceVersion) {
        if (resourceVersion == 0) {
            return json;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 40);
        version(json, resourceVersion, out);
        return out.toByteArray();
    }

    /** As above, into a stream. */
    public static void version(byte[] json, long resourceVersion, ByteArrayOutputStream out) {
        int place = place(json);
        out.write(json, 0, place);
        out.write(BEFORE, 0, BEFORE.length);
        byte[] digits = Long.toString(resourceVersion).getBytes(StandardCharsets.US_ASCII);
        out.write(digits, 0, digits.length);
        out.write(AFTER, 0, AFTER.length);
        out.write(json, place, json.length - place);
    }

    private static int place(byte[] json) {
        int last = json.length - METADATA.length;
        for (int i = 0; i <= last; i++) {
            if (json[i] == '"' && startsHere(json, i)) {
                return i + METADATA.length;
            }
        }
        throw new IllegalStateException("stored JSON without metadata");
    }

    private static boolean startsHere(byte[] json, int at) {
        for (int i = 0; i < METADATA.length; i++) {
            if (json[at + i] != METADATA[i]) {
                return false;
            }
        }
        return true;
    }
}
