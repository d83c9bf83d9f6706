package dev.orrery.apiserver.cel.function;

/** What stands behind {@code authorizer} in an expression, step by step. */
public final class AuthorizerValues {

    private AuthorizerValues() {}

    /** {@code authorizer}. */
    public record Authorizer(Access access, Access.Subject user) {}

    /** {@code authorizer.path('/healthz')}. */
    record PathCheck(Authorizer authorizer, String path) {}

    /** {@code authorizer.group('apps')}. */
    record GroupCheck(Authorizer authorizer, String group) {}

    /** {@code authorizer.group('apps').resource('deployments')}. */
    public record ResourceCheck(Access access, Access.Subject user, Access.Resource resource) {

        ResourceCheck with(Access.Resource other) {
            return new ResourceCheck(access, user, other);
        }
    }
}
