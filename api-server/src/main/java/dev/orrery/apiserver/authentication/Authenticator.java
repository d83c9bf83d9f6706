package dev.orrery.apiserver.authentication;

import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.token.Claims;
import dev.orrery.apiserver.token.TokenCheck;
import dev.orrery.apiserver.token.Tokens;
import dev.orrery.apiserver.user.User;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Knows users by their bearer tokens, and as whom they may act. Used from any thread. */
public final class Authenticator {

    private static final String AUDIENCE = "https://kubernetes.default.svc.cluster.local";

    private final SignedTokens tokens;
    private final Supplier<ClusterState> state;
    private final InstantSource clock;
    private final Authorizer authorizer;

    /**
     * @param state in which a token's account must still exist
     * @param authorizer decides who may act as whom
     */
    public Authenticator(
            Tokens tokens,
            Supplier<ClusterState> state,
            InstantSource clock,
            Authorizer authorizer) {
        this.tokens = new SignedTokens(tokens);
        this.authorizer = authorizer;
        this.state = state;
        this.clock = clock;
    }

    /**
     * The user of a token that is for the API.
     *
     * @throws dev.orrery.apiserver.status.StatusException 401 for any other
     */
    public User bearer(String token) {
        Claims claims =
                tokens.read(token)
                        .filter(read -> read.audiences().contains(AUDIENCE))
                        .filter(read -> TokenCheck.isGood(read, state.get(), clock.instant()))
                        .orElseThrow(Refusals::unauthorized);
        return TokenCheck.user(claims);
    }

    /**
     * The user that a request counts for.
     *
     * @throws dev.orrery.apiserver.status.StatusException 403 where the caller may not act so
     */
    public User effective(User caller, Impersonation wanted) {
        return wanted.by(caller, authorizer);
    }
}
