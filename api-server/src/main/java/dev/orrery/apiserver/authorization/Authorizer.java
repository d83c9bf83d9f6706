package dev.orrery.apiserver.authorization;

/**
 * Decides who may do what, by the newest policy that is known here. Never blocks; cheap enough to
 * be asked for every request. Used from any thread.
 */
@FunctionalInterface
public interface Authorizer {

    Decision authorize(Access access);

    /**
     * Refuses what is not allowed.
     *
     * @throws dev.orrery.apiserver.status.StatusException 403, in Kubernetes' words
     */
    default void require(Access access) {
        if (authorize(access) instanceof Decision.Refused(String reason)) {
            throw Denials.of(access, reason);
        }
    }
}
