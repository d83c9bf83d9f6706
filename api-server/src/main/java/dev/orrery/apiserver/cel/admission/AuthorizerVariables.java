package dev.orrery.apiserver.cel.admission;

import dev.orrery.apiserver.cel.function.Access;
import dev.orrery.apiserver.cel.function.AuthorizerValues;

/** {@code authorizer} and {@code authorizer.requestResource}. */
public final class AuthorizerVariables {

    public static final String AUTHORIZER = "authorizer";
    public static final String REQUEST_RESOURCE = "authorizer.requestResource";

    static final String TYPE = "kubernetes.authorization.Authorizer";
    static final String RESOURCE_TYPE = "kubernetes.authorization.ResourceCheck";

    private AuthorizerVariables() {}

    /** The value of {@code authorizer}. */
    public static Object authorizer(Access access, Access.Subject user) {
        return new AuthorizerValues.Authorizer(access, user);
    }

    /** The value of {@code authorizer.requestResource}. */
    public static Object resource(Access access, Access.Subject user, Access.Resource resource) {
        return new AuthorizerValues.ResourceCheck(access, user, resource);
    }
}
