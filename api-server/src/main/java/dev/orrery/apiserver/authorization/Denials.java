package dev.orrery.apiserver.authorization;

import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.machinery.log.GroupResource;

/** A refused access as the client is told. */
final class Denials {

    private Denials() {}

    static StatusException of(Access access, String reason) {
        String what = message(access) + (reason.isEmpty() ? "" : ": " + reason);
        return access.isToResource()
                ? Refusals.forbidden(
                        new GroupResource(access.group(), access.resource()), access.name(), what)
                : new StatusException(403, "Forbidden", "forbidden: " + what, Details.NONE);
    }

    private static String message(Access access) {
        String who = "User \"" + access.user().name() + "\" cannot " + access.verb();
        if (!access.isToResource()) {
            return who + " path \"" + access.path() + "\"";
        }
        return who
                + " resource \""
                + access.combinedResource()
                + "\" in API group \""
                + access.group()
                + "\""
                + (access.namespace().isEmpty()
                        ? " at the cluster scope"
                        : " in the namespace \"" + access.namespace() + "\"");
    }
}
