package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A set of fields' paths, as a tree of {@link Element}s: an inner field may be in the set or only
 * lead to ones that are. No child is empty. Immutable once it has grown.
 */
public final class FieldSet {

    public static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>(Element.ORDER));

    private static final FieldSet LEAF = new FieldSet(true, new TreeMap<>(Element.ORDER));
    private static final String SELF = ".";

    private boolean member;
    private final NavigableMap<String, FieldSet> children;

    private FieldSet(boolean member, NavigableMap<String, FieldSet> children) {
        this.member = member;
        this.children = children;
    }

    private static FieldSet of(boolean member, NavigableMap<String, FieldSet> children) {
        if (children.isEmpty()) {
            return member ? LEAF : EMPTY;
        }
        return new FieldSet(member, children);
    }

    /** Of fields of structs alone: {@code metadata.name}. */
    public static FieldSet ofFields(String... paths) {
        FieldSet set = growing();
        for (String path : paths) {
            FieldSet at = set;
            for (String name : path.split("\\.")) {
                at = at.grow(Element.field(name));
            }
            at.becomeMember();
        }
        return set;
    }

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    /** Whether the place that this tree hangs at is in the set itself. */
    boolean isMember() {
        return member;
    }

    NavigableMap<String, FieldSet> children() {
        return children;
    }

    /** What lies below; empty where there is nothing. */
    FieldSet child(String element) {
        return children.getOrDefault(element, EMPTY);
    }

    public FieldSet union(FieldSet other) {
        if (other.isEmpty() || isEmpty()) {
            return isEmpty() ? other : this;
        }
        NavigableMap<String, FieldSet> all = new TreeMap<>(children);
        other.children.forEach((element, set) -> all.merge(element, set, FieldSet::union));
        return of(member || other.member, all);
    }

    public FieldSet intersection(FieldSet other) {
        return each(other, member && other.member, false, FieldSet::intersection);
    }

    public FieldSet difference(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        return each(other, member && !other.member, true, FieldSet::difference);
    }

    /** Without the other's fields and all that lies below them. */
    public FieldSet withoutAll(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        return other.member ? EMPTY : each(other, member, true, FieldSet::withoutAll);
    }

    private FieldSet each(
            FieldSet other, boolean self, boolean keepAlone, BinaryOperator<FieldSet> how) {
        NavigableMap<String, FieldSet> some = new TreeMap<>(Element.ORDER);
        children.forEach((element, set) -> {
            FieldSet others = other.children.get(element);
            FieldSet made = others == null ? (keepAlone ? set : EMPTY) : how.apply(set, others);
            if (!made.isEmpty()) {
                some.put(element, made);
            }
        });
        return of(self, some);
    }

    /** Those in the set as messages show them; each level's own before those that lie deeper. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        paths("", paths);
        return paths;
    }

    private void paths(String before, List<String> paths) {
        children.forEach((element, set) -> {
            if (set.member) {
                paths.add(before + Element.shown(element));
            }
        });
        children.forEach((element, set) -> {
            if (!set.children.isEmpty()) {
                set.paths(before + Element.shown(element), paths);
            }
        });
    }

    /** As {@code fieldsV1}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (member && !children.isEmpty()) {
            json.putObject(SELF);
        }
        children.forEach((element, set) -> json.set(element, set.toJson()));
        return json;
    }

    /**
     * @throws IllegalArgumentException where it is no {@code fieldsV1}
     */
    public static FieldSet ofJson(JsonNode json) {
        return json.isEmpty() ? EMPTY : read(json);
    }

    private static FieldSet read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("expected an object, got " + json);
        }
        boolean self = json.isEmpty();
        NavigableMap<String, FieldSet> children = new TreeMap<>(Element.ORDER);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getKey().equals(SELF)) {
                self = true;
            } else {
                children.put(Element.canonical(field.getKey()), read(field.getValue()));
            }
        }
        return of(self, children);
    }

    /** Whether some field is in this set and in one that {@link #toJson} wrote. */
    public boolean meets(JsonNode json) {
        if (member && (json.isEmpty() || json.has(SELF))) {
            return true;
        }
        for (Map.Entry<String, FieldSet> child : children.entrySet()) {
            JsonNode other = json.get(child.getKey());
            if (other != null && child.getValue().meets(other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all fields are in a set that {@link #toJson} wrote. */
    public boolean isWithin(JsonNode json) {
        if (member && !json.isEmpty() && !json.has(SELF)) {
            return false;
        }
        for (Map.Entry<String, FieldSet> child : children.entrySet()) {
            JsonNode other = json.get(child.getKey());
            if (other == null || !child.getValue().isWithin(other)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set
                && member == set.member
                && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + (member ? 1 : 0);
    }

    @Override
    public String toString() {
        return toJson().toString();
    }

    /** One that {@link #grow} fills before anybody else sees it. */
    static FieldSet growing() {
        return new FieldSet(false, new TreeMap<>(Element.ORDER));
    }

    /** The place below; it must become a member, or lead to one. */
    FieldSet grow(String element) {
        return children.computeIfAbsent(element, _ -> growing());
    }

    void becomeMember() {
        member = true;
    }
}
