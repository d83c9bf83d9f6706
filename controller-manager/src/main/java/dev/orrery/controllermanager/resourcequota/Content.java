package dev.orrery.controllermanager.resourcequota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is in a namespace.
 *
 * @param counts of the kinds of which only the number matters
 * @param whole objects of the kinds of which more does
 */
record Content(Map<GroupResource, Long> counts, Map<GroupResource, List<JsonNode>> whole) {

    static final Content EMPTY = new Content(Map.of(), Map.of());

    Content {
        counts = Map.copyOf(counts);
        whole = Map.copyOf(whole);
    }

    static Content of(
            Collection<ObjectMetadata> objects,
            Map<GroupResource, ? extends Collection<? extends HasMetadata>> whole) {
        Map<GroupResource, Long> counts = new HashMap<>();
        for (ObjectMetadata object : objects) {
            GroupResource resource = object.key().resource();
            if (!whole.containsKey(resource)) {
                counts.merge(resource, 1L, Long::sum);
            }
        }
        Map<GroupResource, List<JsonNode>> trees = new HashMap<>();
        whole.forEach(
                (resource, some) -> trees.put(resource, some.stream().map(Content::tree).toList()));
        return new Content(counts, trees);
    }

    private static JsonNode tree(HasMetadata object) {
        return Json.MAPPER.valueToTree(object);
    }
}
