package dev.orrery.apiserver.establish;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Form;
import dev.orrery.apiserver.request.Notices;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Requests that the api-server makes itself. */
final class Own {

    private static final User SELF = User.of("system:apiserver", List.of("system:masters"));
    private static final String AGENT = "kube-apiserver";
    private static final byte[] NO_BODY = {};

    private Own() {}

    /** Of a cluster-scoped object. */
    static ApiRequest update(Kind kind, String name) {
        return request(kind, Verb.UPDATE, "", name);
    }

    static ApiRequest delete(Kind kind, String namespace, String name) {
        return request(kind, Verb.DELETE, namespace, name);
    }

    private static ApiRequest request(Kind kind, Verb verb, String namespace, String name) {
        return new ApiRequest(
                verb,
                kind,
                "",
                namespace,
                name,
                Parameters.NONE,
                NO_BODY,
                "",
                Form.JSON,
                SELF,
                AGENT,
                Origin.UNKNOWN,
                new Notices());
    }

    /** Goes on failing, but not where the object has gone meanwhile. */
    static boolean unlessGone(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause != null && !(cause instanceof StatusException gone && gone.code() == 404)) {
            throw new CompletionException(cause);
        }
        return true;
    }
}
