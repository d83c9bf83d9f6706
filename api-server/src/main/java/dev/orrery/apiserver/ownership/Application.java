package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.schema.StructType;
import dev.orrery.schema.apply.Comparison;
import dev.orrery.schema.apply.FieldSet;
import dev.orrery.schema.apply.Merger;
import dev.orrery.schema.apply.OwnedFields;
import dev.orrery.schema.apply.Pruning;
import dev.orrery.schema.apply.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply: puts a client's configuration over an object, takes away what the client
 * applied before and applies no more, and says who owns what then.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
public final class Application {

    /** What was there before anybody kept track of owners. */
    private static final String BEFORE = "before-first-apply";

    private static final FieldSet METADATA = FieldSet.ofFields("metadata");

    private final Kinds kinds;
    private final Known known;
    private final Claimant claimant;
    private final boolean force;

    public Application(Kinds kinds, Known known, Claimant claimant, boolean force) {
        this.kinds = kinds;
        this.known = known;
        this.claimant = claimant;
        this.force = force;
    }

    /**
     * Makes the new version, with its managed fields; unchecked by the schema.
     *
     * @param live in the version of the request; empty where there is none yet; never changed
     * @param config never changed
     * @throws StatusException to refuse, for conflicts too
     */
    public ObjectNode apply(ObjectNode live, ObjectNode config) {
        check(config);
        ManagedFields managed = managedBefore(live);
        try {
            return finish(attempt(live, config, managed, force), config);
        } catch (ConflictException conflict) {
            return withoutLastApplied(live, config, managed, conflict);
        }
    }

    private void check(ObjectNode config) {
        Kind kind = claimant.kind();
        String apiVersion = config.path("apiVersion").asText("");
        String named = config.path("kind").asText("");
        if (!apiVersion.equals(kind.apiVersion()) || !named.equals(kind.kind())) {
            throw Refusals.badRequest("invalid object type: " + described(config));
        }
        if (!config.path("metadata").path("managedFields").isMissingNode()) {
            throw Refusals.badRequest("metadata.managedFields must be nil");
        }
        String fault = Validator.fault(config, kind.type());
        if (fault != null) {
            JsonNode metadata = config.path("metadata");
            throw new StatusException(
                    500,
                    "",
                    "failed to create typed patch object (%s/%s; %s): %s"
                            .formatted(
                                    metadata.path("namespace").asText(""),
                                    metadata.path("name").asText(""),
                                    described(apiVersion, named),
                                    fault),
                    Details.NONE);
        }
    }

    /** What an object says that it is, as Go prints it. */
    public static String described(ObjectNode object) {
        return described(object.path("apiVersion").asText(""), object.path("kind").asText(""));
    }

    private static String described(String apiVersion, String kind) {
        String full = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
        return full + ", Kind=" + kind;
    }

    private ManagedFields managedBefore(ObjectNode live) {
        ManagedFields managed = ManagedFields.ofOwn(live.path("metadata").get("managedFields"));
        if (!managed.isEmpty() || live.isEmpty()) {
            return managed;
        }
        return new Tracking(kinds, known)
                .changed(
                        claimant.as(BEFORE),
                        claimant.kind(),
                        live.objectNode(),
                        live,
                        ManagedFields.NONE);
    }

    /** The new version and its owners. */
    private record Applied(ObjectNode object, ManagedFields managed) {}

    private Applied attempt(
            ObjectNode live, ObjectNode config, ManagedFields before, boolean forced)
            throws ConflictException {
        Kind kind = claimant.kind();
        StructType type = kind.type();
        Entry last = before.of(claimant.applying());
        FieldSet set = OwnedFields.of(config, type).withoutAll(claimant.ignored());
        Entry entry =
                Entry.of(
                        claimant.applying(),
                        kind.apiVersion(),
                        last == null ? "" : last.time(),
                        set);
        ManagedFields managed = before.with(entry);
        ObjectNode object = Merger.merge(live, config, type);
        if (last != null && last.apiVersion().equals(kind.apiVersion())) {
            object = Pruning.prune(object, last.fields(), allOwned(managed), type);
        }
        Versions versions = new Versions(kinds, known, kind, live, object, claimant.notLookedAt());
        managed = afterwards(managed, versions, forced);
        FieldSet own = set.withoutAll(Claimant.SYSTEM).difference(METADATA);
        boolean changed = live.isEmpty() || isChanged(versions);
        return new Applied(
                object, managed.with(entry.with(own, changed ? claimant.time() : entry.time())));
    }

    private boolean isChanged(Versions versions) {
        Comparison changes = versions.in(claimant.kind().apiVersion());
        return changes == null || !changes.isSame();
    }

    private static FieldSet allOwned(ManagedFields managed) {
        FieldSet all = FieldSet.EMPTY;
        for (Entry entry : managed.entries().values()) {
            all = all.union(entry.fields());
        }
        return all;
    }

    /** What the others own then; they lose what changes, if they may. */
    private ManagedFields afterwards(ManagedFields managed, Versions versions, boolean forced)
            throws ConflictException {
        Map<Owner, Entry> left = LinkedHashMap.newLinkedHashMap(managed.entries().size());
        List<Conflict> conflicts = new ArrayList<>();
        Owner self = claimant.applying();
        for (Entry entry : managed.entries().values().stream().sorted(byOwner()).toList()) {
            Comparison changes = versions.in(entry.apiVersion());
            if (entry.owner().equals(self)) {
                left.put(self, entry);
            } else if (changes != null) {
                entry.fields().intersection(changes.taken()).paths().stream()
                        .map(path -> new Conflict(entry.owner(), path))
                        .forEach(conflicts::add);
                left.put(entry.owner(), entry.after(changes));
            }
        }
        if (!forced && !conflicts.isEmpty()) {
            throw new ConflictException(conflicts);
        }
        return ManagedFields.of(left.values());
    }

    private static Comparator<Entry> byOwner() {
        return Comparator.comparing(Entry::owner, Owner.ORDER);
    }

    /** Only fields that kubectl itself applied on the client's side are its to take. */
    private ObjectNode withoutLastApplied(
            ObjectNode live, ObjectNode config, ManagedFields managed, ConflictException conflict) {
        FieldSet allowed =
                LastApplied.isKept(claimant.manager())
                        ? LastApplied.unchanged(live, claimant.kind())
                        : FieldSet.EMPTY;
        List<String> paths = allowed.paths();
        List<Conflict> others =
                conflict.conflicts().stream().filter(one -> !paths.contains(one.path())).toList();
        if (!others.isEmpty()) {
            throw new ConflictException(others).refusal();
        }
        try {
            return finish(attempt(live, config, managed, true), config);
        } catch (ConflictException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode finish(Applied applied, ObjectNode config) {
        ObjectNode object = applied.object().deepCopy();
        ObjectNode metadata = object.withObjectProperty("metadata");
        @Nullable JsonNode managed = applied.managed().toJson();
        if (managed == null) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", managed);
        }
        if (LastApplied.isKept(claimant.manager()) && LastApplied.isIn(object)) {
            LastApplied.keep(object, config);
        }
        return object;
    }
}
