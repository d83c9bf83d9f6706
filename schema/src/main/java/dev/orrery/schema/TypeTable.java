package dev.orrery.schema;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the generated table of types. Its form, numbers being unsigned varints: the texts; the
 * types' names, whether each is atomic, and the length of its part; the kinds; the parts, with each
 * type's fields and inlined types. {@code dev.orrery.schema.build.TypeTableWriter} is its
 * counterpart.
 *
 * <p>A process uses few of the types, and few of the texts: they are read when they are asked for.
 * For any thread: two that ask at once read the same twice.
 */
final class TypeTable {

    private static final int REQUIRED = 1;
    private static final int POINTER = 2;
    private static final int ALWAYS = 4;
    private static final int MERGING = 8;

    /** The one key of lists that has a default beyond Go's zero. */
    private static final String PROTOCOL = "protocol";

    private static final TextNode TCP = TextNode.valueOf("TCP");

    private final byte[] table;
    private int[] textAt = {};
    private int[] partAt = {};
    private StructType[] types = {};

    TypeTable(byte[] table) {
        this.table = table;
    }

    Schemas read() {
        Cursor cursor = new Cursor(0);
        skipTexts(cursor);
        Map<String, StructType> byName = readTypes(cursor);
        Map<String, StructType> kinds = readKinds(cursor);
        for (int i = 0; i < partAt.length; i++) {
            int length = partAt[i];
            partAt[i] = cursor.at;
            cursor.at += length;
        }
        return new Schemas(byName, kinds);
    }

    private void skipTexts(Cursor cursor) {
        textAt = new int[cursor.number()];
        for (int i = 0; i < textAt.length; i++) {
            textAt[i] = cursor.at;
            int length = cursor.number();
            cursor.at += length;
        }
    }

    private Map<String, StructType> readTypes(Cursor cursor) {
        types = new StructType[cursor.number()];
        partAt = new int[types.length];
        Map<String, StructType> byName = HashMap.newHashMap(types.length);
        for (int i = 0; i < types.length; i++) {
            types[i] = new StructType(cursor.text(), cursor.number() == 1, this, i);
            partAt[i] = cursor.number();
            byName.put(types[i].name(), types[i]);
        }
        return byName;
    }

    private Map<String, StructType> readKinds(Cursor cursor) {
        int count = cursor.number();
        Map<String, StructType> kinds = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            kinds.put(cursor.text(), types[cursor.number()]);
        }
        return kinds;
    }

    StructType.Members members(int type) {
        return new Cursor(partAt[type]).members();
    }

    /** A place in the table. Used by one thread. */
    private final class Cursor {

        private int at;

        Cursor(int at) {
            this.at = at;
        }

        StructType.Members members() {
            int count = number();
            @Nullable Object[] numbers = new @Nullable Object[number() + 1];
            List<Field> fields = new ArrayList<>(count);
            Map<String, Field> names = HashMap.newHashMap(count);
            for (int i = 0; i < count; i++) {
                Field field = field(i);
                fields.add(field);
                names.put(field.name(), field);
                if (field.number() > 0) {
                    numbers[field.number()] = field;
                }
            }
            for (int i = number(); i > 0; i--) {
                numbers[number()] = types[number()];
            }
            return new StructType.Members(List.copyOf(fields), names, numbers);
        }

        private Field field(int index) {
            String name = text();
            int flags = number();
            int number = number();
            Shape shape = shape();
            return new Field(
                    name,
                    index,
                    shape,
                    (flags & REQUIRED) != 0,
                    (flags & POINTER) != 0,
                    (flags & ALWAYS) != 0,
                    number,
                    (flags & MERGING) != 0 ? merging() : Merging.DEFAULT,
                    name.equals(PROTOCOL) ? TCP : null);
        }

        private Shape shape() {
            Shape.Kind kind = Shape.Kind.valueOf(text());
            String goType = text();
            return switch (kind) {
                case LIST, MAP -> new Shape(kind, shape(), null, goType);
                case STRUCT, SCHEMA_OR_BOOL, SCHEMA_OR_LIST, SCHEMA_OR_STRINGS ->
                        new Shape(kind, null, types[number()], goType);
                default -> new Shape(kind, null, null, goType);
            };
        }

        private Merging merging() {
            Merging.Topology topology = Merging.Topology.valueOf(text());
            List<String> keys = new ArrayList<>();
            for (int i = number(); i > 0; i--) {
                keys.add(text());
            }
            return new Merging(topology, keys, Merging.Patch.valueOf(text()), text());
        }

        String text() {
            Cursor text = new Cursor(textAt[number()]);
            int length = text.number();
            return new String(table, text.at, length, StandardCharsets.ISO_8859_1);
        }

        int number() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                int next = table[at++];
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
