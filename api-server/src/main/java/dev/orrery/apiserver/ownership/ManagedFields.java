package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who owns what of one object. Immutable; no owner twice, and none that owns nothing. */
record ManagedFields(Map<Owner, Entry> entries) {

    static final ManagedFields NONE = new ManagedFields(Map.of());

    /** Who applies before who updates, the oldest first. */
    private static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry entry) -> entry.owner().operation().name())
                    .thenComparing(Entry::time)
                    .thenComparing(entry -> entry.owner().manager())
                    .thenComparing(Entry::apiVersion)
                    .thenComparing(entry -> entry.owner().subresource());

    static ManagedFields of(Collection<Entry> some) {
        Map<Owner, Entry> entries = LinkedHashMap.newLinkedHashMap(some.size());
        for (Entry entry : some) {
            if (!entry.isEmpty()) {
                entries.put(entry.owner(), entry);
            }
        }
        return new ManagedFields(entries);
    }

    /** As the api-server itself wrote them. */
    static ManagedFields ofOwn(@Nullable JsonNode json) {
        return json == null ? NONE : read(json, Entry::ofOwn);
    }

    /**
     * As a client sent them.
     *
     * @throws IllegalArgumentException where they make no sense
     */
    static ManagedFields ofClient(JsonNode json) {
        return read(json, Entry::ofClient);
    }

    private static ManagedFields read(JsonNode json, Function<JsonNode, Entry> how) {
        List<Entry> entries = new ArrayList<>(json.size());
        for (JsonNode entry : json) {
            entries.add(how.apply(entry));
        }
        return of(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable Entry of(Owner owner) {
        return entries.get(owner);
    }

    ManagedFields with(Entry entry) {
        Map<Owner, Entry> more = new LinkedHashMap<>(entries);
        more.put(entry.owner(), entry);
        return of(more.values());
    }

    /** Null where there are none. */
    @Nullable ArrayNode toJson() {
        if (entries.isEmpty()) {
            return null;
        }
        ArrayNode json = JsonNodeFactory.instance.arrayNode(entries.size());
        entries.values().stream().sorted(ORDER).forEach(entry -> json.add(entry.toJson()));
        return json;
    }
}
