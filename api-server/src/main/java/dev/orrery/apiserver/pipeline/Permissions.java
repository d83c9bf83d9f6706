package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.cel.function.Access;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;

/**
 * The cluster's authorizer, as expressions ask it. Selectors do not narrow what is asked: who may
 * only see some objects is told no.
 */
record Permissions(Authorizer authorizer) implements Access {

    @Override
    public Decision resource(Subject subject, String verb, Resource resource) {
        return decide(
                dev.orrery.apiserver.authorization.Access.to(
                        user(subject),
                        verb,
                        new GroupResource(resource.group(), resource.resource()),
                        resource.subresource(),
                        resource.namespace(),
                        resource.name()));
    }

    @Override
    public Decision path(Subject subject, String verb, String path) {
        return decide(dev.orrery.apiserver.authorization.Access.toPath(user(subject), verb, path));
    }

    private Decision decide(dev.orrery.apiserver.authorization.Access access) {
        var decision = authorizer.authorize(access);
        return new Decision(decision.isAllowed(), decision.reason());
    }

    private static User user(Subject subject) {
        return User.of(subject.name(), subject.groups());
    }
}
