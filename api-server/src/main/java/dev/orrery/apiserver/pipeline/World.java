package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.admission.AdmissionChain;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.metadata.Identities;
import dev.orrery.apiserver.metric.Metrics;
import dev.orrery.apiserver.store.Store;
import dev.orrery.machinery.time.Clock;
import java.util.concurrent.Executor;

/**
 * What the stages work with.
 *
 * @param executor continues a request that waited for the log; its tasks are short and do not block
 */
public record World(
        Stores stores,
        Kinds kinds,
        Bodies bodies,
        AdmissionChain admission,
        Conversions conversions,
        Authorizer authorizer,
        Clock clock,
        Identities identities,
        Metrics metrics,
        Executor executor) {

    /** What understands objects of a kind. */
    public Bodies bodies(Kind kind) {
        return kind.custom() == null ? bodies : kind.custom().bodies();
    }

    public Store store(Kind kind) {
        return stores.of(kind.storage());
    }

    /**
     * The kind in whose version a kind's objects are worked on: the one that is stored, or, for
     * what users describe, the request's own.
     */
    public Kind stored(Kind kind) {
        if (kind.custom() != null) {
            return kind;
        }
        Kind stored = kinds.stored(kind.storage());
        return stored == null ? kind : stored;
    }
}
