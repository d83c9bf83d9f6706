package dev.orrery.kubelet.mount;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A token of the pod's service account, asked for when somebody first looks and again before it
 * dies: when four fifths of its life are over, or a day. While no new one can be had the old one
 * stays.
 */
final class TokenFile implements FileSource {

    private static final Duration OLDEST = Duration.ofHours(24);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Tokens tokens;
    private final InstantSource clock;
    private final Tokens.Request request;
    private final String path;
    private final int mode;
    private final long uid;
    private volatile @Nullable Held held;
    private volatile Instant notBefore = Instant.EPOCH;

    private record Held(String token, Instant renewal) {}

    TokenFile(
            Tokens tokens,
            InstantSource clock,
            Tokens.Request request,
            String path,
            int mode,
            long uid) {
        this.tokens = tokens;
        this.clock = clock;
        this.request = request;
        this.path = path;
        this.mode = mode;
        this.uid = uid;
    }

    @Override
    public Object look() {
        Held before = held;
        Instant now = clock.instant();
        boolean due = before == null || !now.isBefore(before.renewal());
        if (due && !now.isBefore(notBefore)) {
            notBefore = now.plus(RETRY);
            Tokens.Issued issued = tokens.issue(request);
            if (issued != null) {
                held = new Held(issued.token(), renewal(now, issued.expiresAt()));
            }
        }
        Held current = held;
        return current == null ? "" : current.token();
    }

    /** An hour's token issued at 12:00 is renewed at 12:48. */
    static Instant renewal(Instant issuedAt, Instant expiresAt) {
        Duration life = Duration.between(issuedAt, expiresAt);
        Duration most = life.multipliedBy(4).dividedBy(5);
        return issuedAt.plus(most.compareTo(OLDEST) < 0 ? most : OLDEST);
    }

    @Override
    public void collect(Payload payload) {
        Held current = held;
        if (current != null) {
            payload.put(path, current.token().getBytes(StandardCharsets.UTF_8), mode, uid);
        }
    }
}
