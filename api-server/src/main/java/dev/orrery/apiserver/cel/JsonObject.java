package dev.orrery.apiserver.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.cel.DeclaredType.MapOf;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.cel.DeclaredType.Struct;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object as an expression sees it: a view. */
@SuppressWarnings("Immutable") // nobody changes what admission looks at
final class JsonObject extends ObjectValue {

    private final ObjectNode node;
    private final DeclaredType type;

    JsonObject(ObjectNode node, DeclaredType type) {
        this.node = node;
        this.type = type;
    }

    ObjectNode node() {
        return node;
    }

    @Override
    protected @Nullable Object field(String name) {
        return switch (type) {
            case Struct struct -> {
                Member member = struct.members().get().get(name);
                yield member == null ? null : child(member.property(), member.type());
            }
            case MapOf(DeclaredType value) -> child(name, value);
            default -> child(name, DeclaredType.DYN);
        };
    }

    private @Nullable Object child(String property, DeclaredType childType) {
        JsonNode child = node.get(property);
        return child == null ? null : Json.wrap(child, childType);
    }

    @Override
    protected Set<String> names() {
        Set<String> names = LinkedHashSet.newLinkedHashSet(node.size());
        if (type instanceof Struct struct) {
            for (Map.Entry<String, Member> member : struct.members().get().entrySet()) {
                if (node.has(member.getValue().property())) {
                    names.add(member.getKey());
                }
            }
        } else {
            node.fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    @Override
    public int size() {
        return type instanceof Struct ? names().size() : node.size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }
}
