package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.cel.function.Access;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.Notices;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.user.User;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One write as admission sees it.
 *
 * @param state of the registry that the write is made against; a write that lost a race is admitted
 *     again, against a newer one
 * @param subresource empty for the object itself
 * @param namespace empty for a cluster-scoped kind
 * @param name empty where it is still to be generated
 * @param object as it is to be, defaults filled in; null for a delete. For a sub-resource with a
 *     kind of its own (binding, eviction, token) its body.
 * @param old as it is; null for a create; never changed
 * @param dryRun nothing may be written or counted
 * @param options of the request: {@code CreateOptions} and so on
 * @param notices for the person behind the client
 * @param access decides what users may do, for those who programmed admission to ask
 */
public record Attributes(
        ClusterState state,
        Operation operation,
        Kind kind,
        String subresource,
        String namespace,
        String name,
        @Nullable ObjectNode object,
        @Nullable ObjectNode old,
        User user,
        boolean dryRun,
        Instant now,
        RandomGenerator random,
        Supplier<ObjectNode> options,
        Notices notices,
        Access access) {

    /** The same write of other objects. */
    public Attributes with(@Nullable ObjectNode otherObject, @Nullable ObjectNode otherOld) {
        return new Attributes(
                state,
                operation,
                kind,
                subresource,
                namespace,
                name,
                otherObject,
                otherOld,
                user,
                dryRun,
                now,
                random,
                options,
                notices,
                access);
    }
}
