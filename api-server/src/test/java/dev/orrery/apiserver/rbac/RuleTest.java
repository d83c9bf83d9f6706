package dev.orrery.apiserver.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
class RuleTest {

    private static final User ALICE = User.of("alice", List.of());

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4} {5} {6} {7}")
    @CsvSource({
        // verbs, groups, resources, names; verb, group, resource, name; allowed
        "get,     '',   pods,          '',    get,    '',   pods,             web, true",
        "get,     '',   pods,          '',    list,   '',   pods,             '',  false",
        "*,       '',   pods,          '',    list,   '',   pods,             '',  true",
        "get,     '',   pods,          '',    get,    apps, pods,             web, false",
        "get,     *,    pods,          '',    get,    apps, pods,             web, true",
        "get,     '',   pods,          '',    get,    '',   pods/log,         web, false",
        "get,     '',   pods/log,      '',    get,    '',   pods/log,         web, true",
        "get,     '',   pods/log,      '',    get,    '',   pods,             web, false",
        "get,     '',   *,             '',    get,    '',   pods/log,         web, true",
        "get,     '',   */log,         '',    get,    '',   pods/log,         web, true",
        "get,     '',   */log,         '',    get,    '',   pods/status,      web, false",
        "get,     apps, */scale,       '',    get,    apps, deployments/scale, web, true",
        "get,     '',   secrets,       token, get,    '',   secrets,          token, true",
        "get,     '',   secrets,       token, get,    '',   secrets,          other, false",
        "list,    '',   secrets,       token, list,   '',   secrets,          '',  false",
        "create,  '',   secrets,       token, create, '',   secrets,          '',  false",
    })
    void allowsWhatItNames(
            String verbs,
            String groups,
            String resources,
            String names,
            String verb,
            String group,
            String resource,
            String name,
            boolean allowed) {
        Rule rule =
                new Rule(
                        List.of(verbs),
                        List.of(groups),
                        List.of(resources),
                        names.isEmpty() ? List.of() : List.of(names),
                        List.of());
        String[] parts = resource.split("/");
        String part = parts.length > 1 ? parts[1] : "";
        Access access =
                Access.to(ALICE, verb, new GroupResource(group, parts[0]), part, "ns", name);
        assertThat(rule.allows(access)).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "*,          /anything,   true",
        "/healthz,   /healthz,    true",
        "/healthz,   /healthz/x,  false",
        "/healthz/*, /healthz/x,  true",
        "/healthz/*, /healthz,    false",
        "/api*,      /apis/apps,  true",
    })
    void allowsThePathsThatItNames(String paths, String path, boolean allowed) {
        Rule rule = new Rule(List.of("get"), List.of(), List.of(), List.of(), List.of(paths));
        assertThat(rule.allows(Access.toPath(ALICE, "get", path))).isEqualTo(allowed);
        assertThat(rule.allows(Access.toPath(ALICE, "post", path))).isFalse();
    }

    @ParameterizedTest(name = "{0} {1} {2} covers {3} {4} {5}: {6}")
    @CsvSource({
        "get list, pods,    '',   get,      pods,              '',    ''",
        "get,      pods,    '',   get list, pods,              '',    list pods",
        "*,        *,       '',   get list, pods services,     '',    ''",
        "get,      pods,    '',   get,      pods services,     '',    get services",
        "get,      pods,    '',   get,      pods,              web,   ''",
        "get,      pods,    web,  get,      pods,              '',    get pods",
        "get,      pods,    web,  get,      pods,              web,   ''",
        "get,      */scale, '',   get,      deployments/scale, '',    ''",
        "get,      pods,    '',   *,        pods,              '',    * pods",
    })
    void tellsWhatOthersLack(
            String heldVerbs,
            String heldResources,
            String heldNames,
            String verbs,
            String resources,
            String names,
            String missing) {
        List<Rule> held = List.of(rule(heldVerbs, heldResources, heldNames));
        List<Rule> lacking = Coverage.missing(held, List.of(rule(verbs, resources, names)));
        assertThat(lacking)
                .extracting(one -> one.verbs().getFirst() + " " + one.resources().getFirst())
                .isEqualTo(missing.isEmpty() ? List.of() : List.of(missing));
    }

    private static Rule rule(String verbs, String resources, String names) {
        return new Rule(
                List.of(verbs.split(" ")),
                List.of(""),
                List.of(resources.split(" ")),
                names.isEmpty() ? List.of() : List.of(names),
                List.of());
    }
}
