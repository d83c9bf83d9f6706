package dev.orrery.machinery.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads equal texts as one string, most of the time: ten thousand pods name few images, nodes and
 * labels. The table is of fixed size and forgets; two threads that race in it do no harm, since
 * strings are immutable.
 */
final class SharedStrings extends StringDeserializer {

    private static final int SLOTS = 1 << 13;

    /** Longer texts are rarely equal. */
    private static final int LONGEST = 128;

    private final transient String[] slots = new String[SLOTS];

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        String text = super.deserialize(parser, context);
        return text == null || text.length() > LONGEST ? text : shared(text);
    }

    private String shared(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        String known = slots[slot];
        if (text.equals(known)) {
            return known;
        }
        slots[slot] = text;
        return text;
    }
}
