package dev.orrery.apiserver.pipeline;

import dev.orrery.machinery.log.ObjectKey;

/**
 * What came of a write.
 *
 * @param resourceVersion of the version below; 0 for an object that a dry run would have made
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record Written(ObjectKey key, byte[] value, long resourceVersion, Effect effect) {

    /** What happened to the object. */
    public enum Effect {
        CREATED,
        UPDATED,
        REMOVED,
        UNCHANGED
    }

    /** The same, shown differently. */
    Written with(byte[] shown) {
        return new Written(key, shown, resourceVersion, effect);
    }

    public boolean is(Effect some) {
        return effect == some;
    }
}
