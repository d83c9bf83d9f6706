package dev.orrery.apiserver.hook;

import java.time.Duration;

/**
 * One call.
 *
 * @param target where to, and whom to trust
 * @param body JSON
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record HookCall(HookTarget target, byte[] body, Duration timeout) {

    /** Kubernetes' own limit of what it reads of an answer. */
    public static final int MAX_ANSWER_BYTES = 3 << 20;

    /** As messages show it, {@code https://web.ns.svc:443/path?timeout=10s}. */
    public String url() {
        return target.url() + "?timeout=" + timeout.toSeconds() + "s";
    }
}
