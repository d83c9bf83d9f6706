package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Instant;
import java.util.Set;

/**
 * What only one object of a kind may have, as a service has its address. The log compares and sets
 * one key at a time; so each such thing is a key of its own, and an object that is to have it takes
 * that key first. Whoever writes the key has the thing, and nobody else can.
 */
public interface Claims {

    Claims NONE =
            new Claims() {
                @Override
                public Set<ObjectKey> of(JsonNode object) {
                    return Set.of();
                }

                @Override
                public ObjectNode mark(ObjectKey claim, JsonNode object, Instant now) {
                    throw new IllegalArgumentException("nothing to claim: " + claim);
                }

                @Override
                public boolean names(JsonNode mark, JsonNode object) {
                    return false;
                }
            };

    /** What the object has, or is to have. */
    Set<ObjectKey> of(JsonNode object);

    /** What is written under a claimed key. It names the object. */
    ObjectNode mark(ObjectKey claim, JsonNode object, Instant now);

    /** Whether a mark names that very object, and not another one of the same name. */
    boolean names(JsonNode mark, JsonNode object);
}
