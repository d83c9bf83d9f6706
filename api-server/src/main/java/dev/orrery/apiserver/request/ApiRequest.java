package dev.orrery.apiserver.request;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Subresource;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import java.util.Set;

/**
 * One request to a resource. Its path has been understood and its user is known; whether the verb
 * is served there has not been checked.
 *
 * @param subresource empty for the object itself
 * @param namespace empty for cluster scope, or for all namespaces
 * @param name empty for a collection
 * @param contentType of the body; may be empty
 * @param form how the answer is to look
 * @param notices told with the answer, whatever it is
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares requests
public record ApiRequest(
        Verb verb,
        Kind kind,
        String subresource,
        String namespace,
        String name,
        Parameters parameters,
        byte[] body,
        String contentType,
        Form form,
        User user,
        String userAgent,
        Origin origin,
        Notices notices) {

    /** The key of the object that it is about. */
    public ObjectKey key() {
        return kind.key(namespace, name);
    }

    public boolean isDryRun() {
        return parameters.isDryRun();
    }

    /** Refuses a verb that is not served here, or a scope that the kind does not have. */
    public void check() {
        Set<Verb> served = subresource.isEmpty() ? kind.verbs() : part().verbs();
        if (!served.contains(verb)) {
            throw Refusals.methodNotAllowed();
        }
        if (!kind.namespaced() && !namespace.isEmpty()) {
            throw Refusals.noSuchPath();
        }
        boolean oneObject =
                switch (verb) {
                    case GET, UPDATE, PATCH, DELETE -> true;
                    case CREATE -> !subresource.isEmpty();
                    case LIST, WATCH, DELETE_COLLECTION -> false;
                };
        boolean reads = verb == Verb.LIST || verb == Verb.WATCH;
        if (oneObject == name.isEmpty() || (kind.namespaced() && namespace.isEmpty() && !reads)) {
            throw Refusals.methodNotAllowed();
        }
    }

    /** The sub-resource that it is about. */
    public Subresource part() {
        return kind.subresources().stream()
                .filter(sub -> sub.name().equals(subresource))
                .findFirst()
                .orElseThrow(Refusals::noSuchPath);
    }

    /** The same request as part of another trace. */
    public ApiRequest tracedBy(String traceparent) {
        return new ApiRequest(
                verb,
                kind,
                subresource,
                namespace,
                name,
                parameters,
                body,
                contentType,
                form,
                user,
                userAgent,
                new Origin(origin.cause(), origin.seen(), traceparent),
                notices);
    }

    /** The same request as one to another kind: what it writes there is its own doing. */
    public ApiRequest of(Kind other) {
        return new ApiRequest(
                verb,
                other,
                "",
                namespace,
                name,
                parameters,
                body,
                contentType,
                form,
                user,
                userAgent,
                origin,
                notices);
    }

    /** The same request for one object of the collection. */
    public ApiRequest about(ObjectKey key, Verb otherVerb) {
        return with(otherVerb, key.namespace(), key.name(), parameters, form);
    }

    /** The same request, of which nothing is to come. */
    public ApiRequest asDryRun() {
        return isDryRun()
                ? this
                : with(verb, namespace, name, parameters.with("dryRun", "All"), form);
    }

    /** The same request, answered with the thing itself. */
    public ApiRequest plain() {
        return with(verb, namespace, name, parameters, form.plain());
    }

    private ApiRequest with(
            Verb newVerb,
            String newNamespace,
            String newName,
            Parameters newParameters,
            Form newForm) {
        return new ApiRequest(
                newVerb,
                kind,
                subresource,
                newNamespace,
                newName,
                newParameters,
                body,
                contentType,
                newForm,
                user,
                userAgent,
                origin,
                notices);
    }
}
