package dev.orrery.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the generated table of types. Its form, numbers being unsigned varints: the texts; the
 * types' names and whether each is atomic; for each type its fields and inlined types; the kinds.
 * {@code dev.orrery.schema.build.TypeTableWriter} is its counterpart.
 */
final class TypeTable {

    static final int REQUIRED = 1;
    static final int POINTER = 2;
    static final int ALWAYS = 4;
    static final int MERGING = 8;

    private final ByteBuffer in;
    private String[] texts = {};
    private StructType[] types = {};

    TypeTable(byte[] table) {
        this.in = ByteBuffer.wrap(table);
    }

    Schemas read() {
        readTexts();
        Map<String, StructType> byName = readTypes();
        for (StructType type : types) {
            readFields(type);
        }
        return new Schemas(byName, readKinds());
    }

    private void readTexts() {
        texts = new String[number()];
        for (int i = 0; i < texts.length; i++) {
            int length = number();
            texts[i] =
                    new String(in.array(), in.position(), length, StandardCharsets.ISO_8859_1)
                            .intern();
            in.position(in.position() + length);
        }
    }

    private Map<String, StructType> readTypes() {
        types = new StructType[number()];
        Map<String, StructType> byName = HashMap.newHashMap(types.length);
        for (int i = 0; i < types.length; i++) {
            types[i] = new StructType(text(), number() == 1);
            byName.put(types[i].name(), types[i]);
        }
        return byName;
    }

    private void readFields(StructType type) {
        int count = number();
        @Nullable Object[] numbers = new @Nullable Object[number() + 1];
        List<Field> fields = new ArrayList<>(count);
        Map<String, Field> names = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            Field field = readField(i);
            fields.add(field);
            names.put(field.name(), field);
            if (field.number() > 0) {
                numbers[field.number()] = field;
            }
        }
        for (int i = number(); i > 0; i--) {
            numbers[number()] = types[number()];
        }
        type.fill(fields, names, numbers);
    }

    private Field readField(int index) {
        String name = text();
        int flags = number();
        int number = number();
        Shape shape = readShape();
        return new Field(
                name,
                index,
                shape,
                (flags & REQUIRED) != 0,
                (flags & POINTER) != 0,
                (flags & ALWAYS) != 0,
                number,
                (flags & MERGING) != 0 ? readMerging() : Merging.DEFAULT);
    }

    private Shape readShape() {
        Shape.Kind kind = Shape.Kind.valueOf(text());
        String goType = text();
        return switch (kind) {
            case LIST, MAP -> new Shape(kind, readShape(), null, goType);
            case STRUCT, SCHEMA_OR_BOOL, SCHEMA_OR_LIST, SCHEMA_OR_STRINGS ->
                    new Shape(kind, null, types[number()], goType);
            default -> new Shape(kind, null, null, goType);
        };
    }

    private Merging readMerging() {
        Merging.Topology topology = Merging.Topology.valueOf(text());
        List<String> keys = new ArrayList<>();
        for (int i = number(); i > 0; i--) {
            keys.add(text());
        }
        return new Merging(topology, keys, Merging.Patch.valueOf(text()), text());
    }

    private Map<String, StructType> readKinds() {
        int count = number();
        Map<String, StructType> kinds = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            kinds.put(text(), types[number()]);
        }
        return kinds;
    }

    private String text() {
        return texts[number()];
    }

    private int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
