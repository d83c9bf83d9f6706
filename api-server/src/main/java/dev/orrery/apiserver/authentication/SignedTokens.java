package dev.orrery.apiserver.authentication;

import dev.orrery.apiserver.token.Claims;
import dev.orrery.apiserver.token.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads tokens, and remembers those whose signature was good: a client sends the same one with
 * every request, and checking a signature takes longer than all the rest. Used from any thread.
 */
final class SignedTokens {

    /** More clients than call at a time; a token takes about a kilobyte. */
    private static final int REMEMBERED = 1024;

    private final Tokens tokens;
    private final Map<String, Claims> good =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Claims> eldest) {
                    return size() > REMEMBERED;
                }
            };

    SignedTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The claims of a token that was signed here, however old; empty for any other text. */
    Optional<Claims> read(String token) {
        synchronized (good) {
            Claims known = good.get(token);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Claims> read = tokens.read(token);
        read.ifPresent(claims -> {
            synchronized (good) {
                good.put(token, claims);
            }
        });
        return read;
    }
}
