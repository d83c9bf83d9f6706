package dev.orrery.apiserver.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.kind.Conversion;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.structural.Defaulting;
import dev.orrery.apiserver.structural.Metadata;
import dev.orrery.apiserver.structural.Pruning;

/**
 * Versions of a kind that a user describes differ in nothing but their names, unless a webhook
 * makes one of the other: then objects must have been asked for before they come here. An object is
 * always shown as the newest definition of the version wants it, whatever was stored.
 */
final class CustomConversion implements Conversion {

    private final CustomVersion version;

    CustomConversion(CustomVersion version) {
        this.version = version;
    }

    @Override
    public void toStorage(ObjectNode object) {
        if (version.hook() != null) {
            return;
        }
        object.put("apiVersion", version.storedApiVersion());
    }

    @Override
    public void fromStorage(ObjectNode object) {
        if (version.hook() != null) {
            requireConverted(object);
        }
        object.put("apiVersion", version.apiVersion());
        var _ = Pruning.prune(object, version.schema());
        Metadata.repair(object, version.schema());
        Defaulting.fillIn(object, version.schema());
    }

    private void requireConverted(ObjectNode object) {
        String given = object.path("apiVersion").asText("");
        if (!given.equals(version.apiVersion())) {
            throw new StatusException(
                    500,
                    "",
                    "conversion webhook for "
                            + given
                            + ", Kind="
                            + version.kind()
                            + " failed: it is not asked here for "
                            + version.apiVersion(),
                    StatusException.Details.NONE);
        }
    }
}
