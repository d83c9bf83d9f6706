package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.schema.apply.Comparison;
import dev.orrery.schema.apply.FieldSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields} through creates, updates and patches: who changes a field
 * owns it from then on, and nobody else does.
 */
public final class Tracking {

    private static final String FIELDS = "managedFields";

    /** Those who update; the oldest are put together where they are more. */
    private static final int MOST_UPDATERS = 10;

    private static final String ANCIENT = "ancient-changes";

    private final Kinds kinds;
    private final Known known;

    /**
     * @param known objects in the versions that fields are named in, where a webhook makes them
     */
    public Tracking(Kinds kinds, Known known) {
        this.kinds = kinds;
        this.known = known;
    }

    /** Says in a new object who made it. */
    public void created(Claimant claimant, Kind stored, ObjectNode object) {
        put(object, changed(claimant, stored, object.objectNode(), object, ManagedFields.NONE));
    }

    /**
     * Says in the new version who changed what. An object whose owners were forgotten stays without
     * until somebody applies to it.
     *
     * @param stored the kind in whose version both are
     * @param object may carry managed fields of the client's own
     */
    public void updated(Claimant claimant, Kind stored, ObjectNode old, ObjectNode object) {
        JsonNode before = old.path("metadata").get(FIELDS);
        JsonNode sent = object.path("metadata").get(FIELDS);
        boolean own = !claimant.subresource().isEmpty() || sent == null || sent.equals(before);
        ManagedFields managed = own ? ManagedFields.ofOwn(before) : chosen(sent, before);
        ManagedFields after =
                managed.isEmpty() ? managed : changed(claimant, stored, old, object, managed);
        if (own && after.equals(managed)) {
            put(object, before);
        } else {
            put(object, after);
        }
    }

    /** A client may change who owns what; it forgets all by a list of one empty entry. */
    private static ManagedFields chosen(JsonNode sent, @Nullable JsonNode before) {
        if (sent.size() == 1 && sent.path(0).isEmpty()) {
            return ManagedFields.NONE;
        }
        try {
            ManagedFields managed = ManagedFields.ofClient(sent);
            return managed.isEmpty() ? ManagedFields.ofOwn(before) : managed;
        } catch (IllegalArgumentException _) {
            return ManagedFields.ofOwn(before);
        }
    }

    /**
     * Who owns what after somebody has changed an object.
     *
     * @param given the kind in whose version both are
     */
    ManagedFields changed(
            Claimant claimant,
            Kind given,
            ObjectNode before,
            ObjectNode after,
            ManagedFields managed) {
        Versions versions =
                new Versions(kinds, known, given, before, after, claimant.notLookedAt());
        String version = claimant.kind().apiVersion();
        Comparison changes = versions.in(version);
        if (changes == null || changes.isSame()) {
            return managed;
        }
        Map<Owner, Entry> left = LinkedHashMap.newLinkedHashMap(managed.entries().size() + 1);
        FieldSet taken = changes.taken();
        Owner self = claimant.updating();
        for (Entry entry : managed.entries().values()) {
            Comparison seen = versions.in(entry.apiVersion());
            if (seen != null && !isOwnersAlready(entry, self, taken, changes)) {
                left.put(entry.owner(), entry.after(seen));
            } else if (seen != null) {
                left.put(self, entry);
            }
        }
        if (!taken.isEmpty()) {
            left.merge(
                    self,
                    Entry.of(self, version, claimant.time(), taken),
                    (old, more) -> joined(old, more, taken));
        }
        return capped(ManagedFields.of(left.values()));
    }

    /** The commonest case by far: the same one writes the same fields again. */
    private static boolean isOwnersAlready(
            Entry entry, Owner self, FieldSet taken, Comparison changes) {
        return entry.owner().equals(self)
                && taken.isWithin(entry.json())
                && !changes.removed().meets(entry.json());
    }

    private static Entry joined(Entry old, Entry more, FieldSet taken) {
        return taken.isWithin(old.json())
                ? old.at(more.time())
                : old.with(old.fields().union(taken), more.time());
    }

    private static void put(ObjectNode object, ManagedFields managed) {
        put(object, managed.toJson());
    }

    private static void put(ObjectNode object, @Nullable JsonNode managed) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (managed == null) {
            metadata.remove(FIELDS);
        } else {
            metadata.set(FIELDS, managed);
        }
    }

    /** Puts the oldest updaters of each version together until there are few enough. */
    private static ManagedFields capped(ManagedFields managed) {
        List<Entry> updaters =
                new ArrayList<>(
                        managed.entries().values().stream()
                                .filter(entry -> !entry.owner().applies())
                                .sorted(
                                        Comparator.comparing(Entry::time)
                                                .thenComparing(Entry::owner, Owner.ORDER))
                                .toList());
        int tooMany = updaters.size() - MOST_UPDATERS;
        if (tooMany <= 0) {
            return managed;
        }
        Map<Owner, Entry> left = new LinkedHashMap<>(managed.entries());
        Map<String, Owner> first = new HashMap<>();
        for (Entry entry : updaters) {
            if (tooMany == 0) {
                break;
            }
            Owner earlier = first.putIfAbsent(entry.apiVersion(), entry.owner());
            if (earlier != null) {
                Owner bucket = Owner.updating(ANCIENT, entry.apiVersion(), "");
                if (!left.containsKey(bucket)) {
                    Entry start = left.remove(earlier);
                    left.put(bucket, inBucket(bucket, start == null ? entry : start, entry));
                } else {
                    left.computeIfPresent(bucket, (_, some) -> inBucket(bucket, some, entry));
                }
                left.remove(entry.owner());
                tooMany--;
            }
        }
        return ManagedFields.of(left.values());
    }

    private static Entry inBucket(Owner bucket, Entry some, Entry more) {
        return Entry.of(bucket, more.apiVersion(), more.time(), some.fields().union(more.fields()));
    }

    /** Whether two versions name the same owners of the same fields, whenever they took them. */
    public static boolean isSameButForTimes(JsonNode a, JsonNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!withoutTime(a.get(i)).equals(withoutTime(b.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static ObjectNode withoutTime(JsonNode entry) {
        ObjectNode copy = ((ObjectNode) entry).objectNode();
        copy.setAll((ObjectNode) entry);
        copy.remove("time");
        return copy;
    }
}
