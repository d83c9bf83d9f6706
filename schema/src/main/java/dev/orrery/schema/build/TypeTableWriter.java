package dev.orrery.schema.build;

import dev.orrery.schema.Merging;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what {@code dev.orrery.schema.TypeTable} reads, and says what each part means. */
final class TypeTableWriter {

    private static final int REQUIRED = 1;
    private static final int POINTER = 2;
    private static final int ALWAYS = 4;
    private static final int MERGING = 8;

    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final Map<String, Integer> typeNumbers = new LinkedHashMap<>();
    private ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] write(Map<String, ModelType> types) {
        types.keySet().forEach(name -> typeNumbers.put(name, typeNumbers.size()));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        write(head, types.size());
        for (ModelType type : types.values()) {
            out = new ByteArrayOutputStream();
            fields(type);
            byte[] part = out.toByteArray();
            parts.writeBytes(part);
            out = head;
            text(type.name());
            number(type.atomic() ? 1 : 0);
            number(part.length);
        }
        kinds(types);
        head.writeBytes(parts.toByteArray());
        return withTexts(head.toByteArray());
    }

    private void fields(ModelType type) {
        number(type.fields().size());
        number(highestNumber(type));
        type.fields().forEach(this::field);
        number(type.inlined().size());
        type.inlined()
                .forEach((number, name) -> {
                    number(number);
                    type(name);
                });
    }

    private static int highestNumber(ModelType type) {
        int highest = type.inlined().keySet().stream().mapToInt(i -> i).max().orElse(0);
        for (ModelField field : type.fields()) {
            highest = Math.max(highest, field.number());
        }
        return highest;
    }

    private void field(ModelField field) {
        boolean merging = !field.merging().equals(Merging.DEFAULT);
        text(field.name());
        number(
                (field.required() ? REQUIRED : 0)
                        | (field.pointer() ? POINTER : 0)
                        | (field.always() ? ALWAYS : 0)
                        | (merging ? MERGING : 0));
        number(field.number());
        shape(field.shape());
        if (merging) {
            merging(field.merging());
        }
    }

    private void shape(ModelShape shape) {
        text(shape.kind().name());
        text(shape.goType());
        if (shape.element() != null) {
            shape(shape.element());
        }
        if (shape.struct() != null) {
            type(shape.struct());
        }
    }

    private void merging(Merging merging) {
        text(merging.topology().name());
        number(merging.keys().size());
        merging.keys().forEach(this::text);
        text(merging.patch().name());
        text(merging.patchKey());
    }

    private void kinds(Map<String, ModelType> types) {
        Map<String, String> kinds = kindsOf(types);
        number(kinds.size());
        kinds.forEach((kind, name) -> {
            text(kind);
            type(name);
        });
    }

    /** Names of types by group/version/kind. */
    static Map<String, String> kindsOf(Map<String, ModelType> types) {
        Map<String, String> kinds = new TreeMap<>();
        for (ModelType type : types.values()) {
            if (isKind(type)) {
                String group = ApiGroups.groupOf(type.name());
                String version = ApiGroups.versionOf(type.name());
                kinds.put(group + "/" + version + "/" + type.goName(), type.name());
            }
        }
        return kinds;
    }

    /** References to objects carry apiVersion and kind as well, but no metadata. */
    static boolean isKind(ModelType type) {
        return !ApiGroups.isMeta(type.name())
                && List.of("apiVersion", "kind", "metadata").stream()
                        .allMatch(name -> type.field(name) != null);
    }

    private void type(String name) {
        Integer number = typeNumbers.get(name);
        if (number == null) {
            throw new IllegalStateException("no type " + name);
        }
        number(number);
    }

    private void text(String text) {
        number(texts.computeIfAbsent(text, t -> texts.size()));
    }

    private void number(int value) {
        write(out, value);
    }

    private byte[] withTexts(byte[] content) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        write(whole, texts.size());
        for (String text : texts.keySet()) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            write(whole, bytes.length);
            whole.writeBytes(bytes);
        }
        whole.writeBytes(content);
        return whole.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int value) {
        int rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write((rest & 0x7f) | 0x80);
        }
        out.write(rest);
    }
}
