package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.schema.apply.Comparison;
import dev.orrery.schema.apply.FieldSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object before and after a change, compared in whichever version fields are named in. */
final class Versions {

    private final Kinds kinds;
    private final Known known;
    private final Kind kind;
    private final ObjectNode before;
    private final ObjectNode after;
    private final FieldSet ignored;
    private final Map<String, Comparison> made = new HashMap<>();

    /**
     * @param kind in whose version both are given
     * @param before empty for an object that is new
     */
    Versions(
            Kinds kinds,
            Known known,
            Kind kind,
            ObjectNode before,
            ObjectNode after,
            FieldSet ignored) {
        this.kinds = kinds;
        this.known = known;
        this.kind = kind;
        this.before = before;
        this.after = after;
        this.ignored = ignored;
    }

    /** Null where the kind is not served in that version. */
    @Nullable Comparison in(String apiVersion) {
        Comparison comparison = made.get(apiVersion);
        if (comparison == null) {
            comparison = compare(apiVersion);
            if (comparison != null) {
                made.put(apiVersion, comparison);
            }
        }
        return comparison;
    }

    private @Nullable Comparison compare(String apiVersion) {
        Kind other = kindIn(apiVersion);
        if (other == null) {
            return null;
        }
        return Comparison.of(
                converted(before, other), converted(after, other), other.type(), ignored);
    }

    private @Nullable Kind kindIn(String apiVersion) {
        if (kind.apiVersion().equals(apiVersion)) {
            return kind;
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        Kind found = kinds.at(group, apiVersion.substring(slash + 1), kind.plural());
        return found != null && found.storage().equals(kind.storage()) ? found : null;
    }

    private ObjectNode converted(ObjectNode object, Kind other) {
        boolean same = kind.isShownAsStored() && other.isShownAsStored();
        if (same || object.isEmpty() || kind.apiVersion().equals(other.apiVersion())) {
            return object;
        }
        if (Conversions.mayAsk(other)) {
            ObjectNode shown = known.converted(other, object);
            other.conversion().fromStorage(shown);
            return shown;
        }
        ObjectNode copy = object.deepCopy();
        kind.conversion().toStorage(copy);
        other.conversion().fromStorage(copy);
        return copy;
    }
}
