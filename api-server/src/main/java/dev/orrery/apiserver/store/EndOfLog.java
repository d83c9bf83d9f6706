package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks where the log ends, once for many callers. A caller shares only a question that was put
 * after it called: an older one might miss a write that was answered in between. Used from any
 * thread.
 */
final class EndOfLog {

    private final ClusterLog log;

    /** Both guarded by this; the next one waits until the running one has its answer. */
    private @Nullable CompletableFuture<Long> running;

    private @Nullable CompletableFuture<Long> next;

    EndOfLog(ClusterLog log) {
        this.log = log;
    }

    CompletableFuture<Long> ask() {
        CompletableFuture<Long> question;
        synchronized (this) {
            if (running != null) {
                next = next == null ? new CompletableFuture<>() : next;
                return next;
            }
            question = new CompletableFuture<>();
            running = question;
        }
        put(question);
        return question;
    }

    private void put(CompletableFuture<Long> question) {
        log.endOffset()
                .whenComplete((end, failure) -> {
                    goOn();
                    Failures.pass(end, failure, question);
                });
    }

    private void goOn() {
        CompletableFuture<Long> following;
        synchronized (this) {
            following = next;
            running = next;
            next = null;
        }
        if (following != null) {
            put(following);
        }
    }
}
