package dev.orrery.apiserver.cel;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an expression made by {@code Object.spec{...}} or {@code JSONPatch{...}}. */
@SuppressWarnings("Immutable") // never changed
public final class MadeObject extends ObjectValue {

    private final String typeName;
    private final Map<String, Object> fields;

    MadeObject(String typeName, Map<String, Object> fields) {
        this.typeName = typeName;
        this.fields = new TreeMap<>(fields);
    }

    @Override
    protected @Nullable Object field(String name) {
        return fields.get(name);
    }

    @Override
    protected Set<String> names() {
        return fields.keySet();
    }

    /**
     * The first object inside whose type does not say where it lies, as a message; null where all
     * are right.
     */
    public @Nullable String misplaced() {
        return misplaced(this, typeName);
    }

    private static @Nullable String misplaced(Object value, String path) {
        return switch (value) {
            case MadeObject object -> {
                if (!object.typeName.equals(path)) {
                    yield "unexpected type name \""
                            + object.typeName
                            + "\", expected \""
                            + path
                            + "\", which matches field name path from root Object type";
                }
                yield object.fields.entrySet().stream()
                        .map(field -> misplaced(field.getValue(), path + "." + field.getKey()))
                        .filter(fault -> fault != null)
                        .findFirst()
                        .orElse(null);
            }
            case Map<?, ?> map -> misplaced(map.values(), path);
            case Collection<?> elements -> misplacedElement(elements, path);
            default -> null;
        };
    }

    private static @Nullable String misplacedElement(Collection<?> elements, String path) {
        for (Object element : elements) {
            String fault = misplaced(element, path);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
