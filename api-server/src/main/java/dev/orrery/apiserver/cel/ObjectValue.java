package dev.orrery.apiserver.cel;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map from text that the evaluator takes as it is. Any other map it would walk through, to the
 * leaves, each time that a field is selected.
 */
@SuppressWarnings("Immutable") // nobody changes what admission looks at
public abstract class ObjectValue extends CelValue
        implements Map<String, Object>, SelectableValue<String> {

    private static final CelType TYPE = MapType.create(SimpleType.STRING, SimpleType.DYN);

    private @Nullable Map<String, Object> view;

    /** Null where there is no such field; {@code NullValue} where it holds null. */
    protected abstract @Nullable Object field(String name);

    protected abstract Set<String> names();

    @Override
    public Object select(String name) {
        Object value = field(name);
        if (value == null) {
            throw CelAttributeNotFoundException.forMissingMapKey(name);
        }
        return value;
    }

    @Override
    public Optional<Object> find(String name) {
        return Optional.ofNullable(field(name));
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return isEmpty();
    }

    @Override
    public CelType celType() {
        return TYPE;
    }

    @Override
    public int size() {
        return names().size();
    }

    @Override
    public boolean isEmpty() {
        return names().isEmpty();
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public boolean containsValue(Object value) {
        return view().containsValue(value);
    }

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name ? field(name) : null;
    }

    @Override
    public Set<String> keySet() {
        return names();
    }

    @Override
    public Collection<Object> values() {
        return view().values();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return view().entrySet();
    }

    private Map<String, Object> view() {
        Map<String, Object> known = view;
        if (known == null) {
            known = new EntryView(this);
            view = known;
        }
        return known;
    }

    @Override
    public @Nullable Object put(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object remove(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(Map<? extends String, ?> other) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof Map<?, ?> map && view().equals(map));
    }

    @Override
    public int hashCode() {
        return view().hashCode();
    }

    @Override
    public String toString() {
        return view().toString();
    }

    private static final class EntryView extends AbstractMap<String, Object> {

        private final ObjectValue object;

        EntryView(ObjectValue object) {
            this.object = object;
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> entries = LinkedHashMap.newLinkedHashMap(object.size());
            for (String name : object.names()) {
                entries.put(name, object.select(name));
            }
            return entries.entrySet();
        }
    }
}
