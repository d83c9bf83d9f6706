package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.AUTHORIZER;
import static dev.orrery.apiserver.cel.function.ValueTypes.DECISION;
import static dev.orrery.apiserver.cel.function.ValueTypes.GROUP_CHECK;
import static dev.orrery.apiserver.cel.function.ValueTypes.PATH_CHECK;
import static dev.orrery.apiserver.cel.function.ValueTypes.RESOURCE_CHECK;

import dev.orrery.apiserver.cel.function.Access.Decision;
import dev.orrery.apiserver.cel.function.Access.Resource;
import dev.orrery.apiserver.cel.function.Access.Subject;
import dev.orrery.apiserver.cel.function.AuthorizerValues.Authorizer;
import dev.orrery.apiserver.cel.function.AuthorizerValues.GroupCheck;
import dev.orrery.apiserver.cel.function.AuthorizerValues.PathCheck;
import dev.orrery.apiserver.cel.function.AuthorizerValues.ResourceCheck;
import java.util.List;
import java.util.function.BiFunction;

/** {@code authorizer.group('apps').resource('deployments').check('create').allowed()}. */
final class AuthorizerFunctions {

    private AuthorizerFunctions() {}

    static void addTo(Functions to) {
        to.member("path", "authorizer_path", PATH_CHECK, a -> path(a), AUTHORIZER, STRING);
        to.member(
                "group",
                "authorizer_group",
                GROUP_CHECK,
                a -> new GroupCheck((Authorizer) a[0], (String) a[1]),
                AUTHORIZER,
                STRING);
        to.member(
                "serviceAccount",
                "authorizer_serviceaccount",
                AUTHORIZER,
                a -> account((Authorizer) a[0], (String) a[1], (String) a[2]),
                AUTHORIZER,
                STRING,
                STRING);
        to.member(
                "resource",
                "groupcheck_resource",
                RESOURCE_CHECK,
                a -> resource(a),
                GROUP_CHECK,
                STRING);
        narrow(to, "subresource", "resourcecheck_subresource", Resource::part);
        narrow(to, "namespace", "resourcecheck_namespace", Resource::in);
        narrow(to, "name", "resourcecheck_name", Resource::named);
        narrow(to, "fieldSelector", "authorizer_fieldselector", Resource::byFields);
        narrow(to, "labelSelector", "authorizer_labelselector", Resource::byLabels);
        addDecisions(to);
    }

    private static void addDecisions(Functions to) {
        to.member("check", "pathcheck_check", DECISION, a -> checkPath(a), PATH_CHECK, STRING);
        to.member("check", "resourcecheck_check", DECISION, a -> check(a), RESOURCE_CHECK, STRING);
        to.member("allowed", "decision_allowed", BOOL, a -> decision(a).allowed(), DECISION);
        to.member("reason", "decision_reason", STRING, a -> decision(a).reason(), DECISION);
        to.member("errored", "decision_errored", BOOL, _ -> false, DECISION);
        to.member("error", "decision_error", STRING, _ -> "", DECISION);
    }

    private static void narrow(
            Functions to,
            String name,
            String id,
            BiFunction<Resource, String, Resource> narrowing) {
        to.member(
                name,
                id,
                RESOURCE_CHECK,
                a -> {
                    ResourceCheck check = (ResourceCheck) a[0];
                    return check.with(narrowing.apply(check.resource(), (String) a[1]));
                },
                RESOURCE_CHECK,
                STRING);
    }

    private static PathCheck path(Object[] arguments) {
        String path = (String) arguments[1];
        if (path.isBlank()) {
            throw new FunctionFailure("path must not be empty");
        }
        return new PathCheck((Authorizer) arguments[0], path);
    }

    private static ResourceCheck resource(Object[] arguments) {
        String resource = (String) arguments[1];
        if (resource.isBlank()) {
            throw new FunctionFailure("resource must not be empty");
        }
        GroupCheck group = (GroupCheck) arguments[0];
        return new ResourceCheck(
                group.authorizer().access(),
                group.authorizer().user(),
                Resource.of(group.group(), resource));
    }

    private static Authorizer account(Authorizer authorizer, String namespace, String name) {
        String word = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
        if (!name.matches(word)) {
            throw new FunctionFailure("Invalid service account name");
        }
        if (!namespace.matches(word)) {
            throw new FunctionFailure("Invalid service account namespace");
        }
        Subject account =
                new Subject(
                        "system:serviceaccount:" + namespace + ":" + name,
                        List.of(
                                "system:serviceaccounts",
                                "system:serviceaccounts:" + namespace,
                                "system:authenticated"));
        return new Authorizer(authorizer.access(), account);
    }

    private static Decision checkPath(Object[] arguments) {
        PathCheck check = (PathCheck) arguments[0];
        Authorizer authorizer = check.authorizer();
        return authorizer.access().path(authorizer.user(), (String) arguments[1], check.path());
    }

    private static Decision check(Object[] arguments) {
        ResourceCheck check = (ResourceCheck) arguments[0];
        return check.access().resource(check.user(), (String) arguments[1], check.resource());
    }

    private static Decision decision(Object[] arguments) {
        return (Decision) arguments[0];
    }
}
