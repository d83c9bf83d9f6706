package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.ProtobufInput.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object from its protobuf message by its type. What Go writes though it is zero is left
 * out where JSON leaves it out. Unknown fields are skipped: protobuf is never strict.
 */
final class ProtobufReader {

    /** Only the schemas in CRDs nest without end. */
    private static final int MAX_DEPTH = 500;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAP_KEY = 1;
    private static final int MAP_VALUE = 2;

    private final ProtobufInput in;
    private final ProtobufScalars scalars;
    private int depth;

    ProtobufReader(ProtobufInput in) {
        this.in = in;
        this.scalars = new ProtobufScalars(in);
    }

    /** The fields of a message to its end. */
    void fields(StructType type, ObjectNode into) throws MalformedException {
        if (++depth > MAX_DEPTH) {
            throw new MalformedException("exceeded max depth");
        }
        while (in.hasMore()) {
            int tag = in.tag();
            int wire = ProtobufInput.wire(tag);
            Object member = type.numbered(ProtobufInput.number(tag));
            if (member instanceof Field field) {
                field(field, wire, into);
            } else if (member instanceof StructType inlined && wire == ProtobufInput.LENGTH) {
                int outer = in.enter();
                fields(inlined, into);
                in.leave(outer);
            } else {
                in.skip(wire);
            }
        }
        depth--;
    }

    private void field(Field field, int wire, ObjectNode into) throws MalformedException {
        Shape shape = field.shape();
        switch (shape.kind()) {
            case LIST -> item(field.name(), shape.element(), wire, into);
            case MAP -> entry(into.withObjectProperty(field.name()), shape.element());
            default -> {
                JsonNode value = value(shape, wire);
                if (value != null && !(field.dropsZero() && Zero.is(shape, value))) {
                    into.set(field.name(), value);
                }
            }
        }
    }

    private void item(String name, Shape element, int wire, ObjectNode into)
            throws MalformedException {
        JsonNode value = value(element, wire);
        into.withArrayProperty(name).add(value == null ? Zero.of(element) : value);
    }

    private void entry(ObjectNode map, Shape shape) throws MalformedException {
        String key = "";
        JsonNode value = null;
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (ProtobufInput.number(tag)) {
                case MAP_KEY -> key = in.text();
                case MAP_VALUE -> value = value(shape, ProtobufInput.wire(tag));
                default -> in.skip(ProtobufInput.wire(tag));
            }
        }
        in.leave(outer);
        map.set(key, value == null ? Zero.of(shape) : value);
    }

    /** Null for what is null in JSON. */
    private @Nullable JsonNode value(Shape shape, int wire) throws MalformedException {
        return switch (shape.kind()) {
            case STRUCT -> struct(shape.struct(), wire);
            // Only within maps: a message of its own around the list.
            case LIST -> message(wire, () -> wrapped(shape.element()));
            case SCHEMA_OR_BOOL -> message(wire, () -> schemaOrBool(shape.struct()));
            case SCHEMA_OR_LIST, SCHEMA_OR_STRINGS -> message(wire, () -> schemaOrList(shape));
            default -> scalars.read(shape, wire);
        };
    }

    private interface Body<T extends @Nullable Object> {
        T read() throws MalformedException;
    }

    private <T extends @Nullable Object> T message(int wire, Body<T> body)
            throws MalformedException {
        ProtobufScalars.require(wire, ProtobufInput.LENGTH);
        int outer = in.enter();
        T value = body.read();
        in.leave(outer);
        return value;
    }

    private ObjectNode struct(StructType type, int wire) throws MalformedException {
        ProtobufScalars.require(wire, ProtobufInput.LENGTH);
        ObjectNode node = NODES.objectNode();
        int outer = in.enter();
        fields(type, node);
        in.leave(outer);
        return node;
    }

    private ArrayNode wrapped(Shape element) throws MalformedException {
        ArrayNode items = NODES.arrayNode();
        while (in.hasMore()) {
            JsonNode value = value(element, ProtobufInput.wire(in.tag()));
            items.add(value == null ? Zero.of(element) : value);
        }
        return items;
    }

    private JsonNode schemaOrBool(StructType schemas) throws MalformedException {
        boolean allows = false;
        JsonNode schema = null;
        while (in.hasMore()) {
            int tag = in.tag();
            if (ProtobufInput.number(tag) == 1) {
                allows = in.varint() != 0;
            } else {
                schema = struct(schemas, ProtobufInput.wire(tag));
            }
        }
        return schema == null ? NODES.booleanNode(allows) : schema;
    }

    private @Nullable JsonNode schemaOrList(Shape shape) throws MalformedException {
        JsonNode schema = null;
        ArrayNode list = NODES.arrayNode();
        while (in.hasMore()) {
            int tag = in.tag();
            if (ProtobufInput.number(tag) == 1) {
                schema = struct(shape.struct(), ProtobufInput.wire(tag));
            } else if (shape.kind() == Shape.Kind.SCHEMA_OR_LIST) {
                list.add(struct(shape.struct(), ProtobufInput.wire(tag)));
            } else {
                list.add(in.text());
            }
        }
        return list.isEmpty() ? schema : list;
    }
}
