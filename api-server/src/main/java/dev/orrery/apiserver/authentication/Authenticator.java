package dev.orrery.apiserver.authentication;

import dev.orrery.apiserver.user.User;

/** Knows users by what they show. Used from any thread. */
public interface Authenticator {

    /**
     * The user of a bearer token.
     *
     * @throws dev.orrery.apiserver.status.StatusException 401 for a token that is not good
     */
    User bearer(String token);
}
