package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.TestServer.Reply;
import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
class AuthorizationTest {

    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1";
    private static final String CONFIGMAPS = "/api/v1/namespaces/default/configmaps";
    private static final User ALICE = User.of("alice", List.of("team", User.AUTHENTICATED));

    private final TestServer server = new TestServer();

    @Test
    void saysWhatSomebodyMayNot() {
        Reply reply = as(ALICE, "GET", CONFIGMAPS, "");
        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.reason()).isEqualTo("Forbidden");
        assertThat(reply.message())
                .isEqualTo(
                        "configmaps is forbidden: User \"alice\" cannot list resource"
                                + " \"configmaps\" in API group \"\" in the namespace \"default\"");
        assertThat(reply.body().path("details").toString()).isEqualTo("{\"kind\":\"configmaps\"}");
        assertThat(as(ALICE, "DELETE", "/apis/apps/v1/namespaces/x/deployments/web", "").message())
                .isEqualTo(
                        "deployments.apps \"web\" is forbidden: User \"alice\" cannot delete"
                                + " resource \"deployments\" in API group \"apps\" in the namespace"
                                + " \"x\"");
        assertThat(as(ALICE, "GET", "/api/v1/nodes/n/proxy", "").message())
                .isEqualTo(
                        "nodes \"n\" is forbidden: User \"alice\" cannot get resource"
                                + " \"nodes/proxy\" in API group \"\" at the cluster scope");
        assertThat(as(ALICE, "GET", "/metrics", "").message())
                .isEqualTo("forbidden: User \"alice\" cannot get path \"/metrics\"");
    }

    @Test
    void letsTheUnknownReadNoMoreThanHealthAndVersion() {
        assertThat(as(User.ANONYMOUS, "GET", "/version", "").code()).isEqualTo(200);
        assertThat(as(User.ANONYMOUS, "GET", "/livez", "").code()).isEqualTo(200);
        assertThat(as(User.ANONYMOUS, "GET", "/apis", "").message())
                .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/apis\"");
        assertThat(as(User.ANONYMOUS, "GET", "/api/v1/namespaces", "").code()).isEqualTo(403);
        assertThat(as(ALICE, "GET", "/apis", "").code()).isEqualTo(200);
    }

    @Test
    void givesAtOnceWhatABindingGivesAndTakesItAwayWithIt() {
        role("reader", "get,list", "configmaps");
        bind("read", "Role", "reader", "{'kind':'Group','name':'team'}");
        assertThat(as(ALICE, "GET", CONFIGMAPS, "").code()).isEqualTo(200);
        assertThat(as(ALICE, "GET", "/api/v1/namespaces/kube-system/configmaps", "").code())
                .isEqualTo(403);
        assertThat(as(ALICE, "GET", "/api/v1/configmaps", "").code()).isEqualTo(403);
        assertThat(as(ALICE, "POST", CONFIGMAPS, "{}").code()).isEqualTo(403);

        server.delete(RBAC + "/namespaces/default/rolebindings/read", "");
        assertThat(as(ALICE, "GET", CONFIGMAPS, "").code()).isEqualTo(403);
    }

    @Test
    void saysWhichBindingLeadsNowhere() {
        bind("dangling", "ClusterRole", "none", "{'kind':'User','name':'alice'}");
        assertThat(as(ALICE, "GET", CONFIGMAPS, "").message())
                .endsWith(": RBAC: clusterrole.rbac.authorization.k8s.io \"none\" not found");
    }

    @Test
    void asksForTheRightToCreateWhereAnUpdateOrAnApplyWouldCreate() {
        role("changer", "update,patch", "leases");
        bind("change", "Role", "changer", "{'kind':'User','name':'alice'}");
        String lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/l";
        String body =
                json(
                        "{'kind':'Lease','apiVersion':'coordination.k8s.io/v1','metadata':{'name':'l'}}");
        String refusal =
                "leases.coordination.k8s.io \"l\" is forbidden: User \"alice\" cannot create"
                        + " resource \"leases\" in API group \"coordination.k8s.io\" in the"
                        + " namespace \"default\"";
        assertThat(as(ALICE, "PUT", lease, body).message()).isEqualTo(refusal);
        Reply applied =
                server.send(
                        "PATCH",
                        lease + "?fieldManager=a",
                        "application/apply-patch+yaml",
                        body,
                        "",
                        ALICE);
        assertThat(applied.message()).isEqualTo(refusal);
    }

    @Test
    void keepsUsersFromGivingWhatTheyHaveNot() {
        role("role-writer", "create", "roles,rolebindings");
        role("reader", "get", "configmaps");
        bind("write-roles", "Role", "role-writer", "{'kind':'User','name':'alice'}");
        String grab = roleJson("grab", "delete,get", "secrets,configmaps");
        Reply refused = as(ALICE, "POST", RBAC + "/namespaces/default/roles", grab);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "roles.rbac.authorization.k8s.io \"grab\" is forbidden: user \"alice\""
                                + " (groups=[\"team\" \"system:authenticated\"]) is attempting to"
                                + " grant RBAC permissions not currently held:\n"
                                + "{APIGroups:[\"*\"], Resources:[\"configmaps\"],"
                                + " Verbs:[\"delete\" \"get\"]}\n"
                                + "{APIGroups:[\"*\"], Resources:[\"secrets\"],"
                                + " Verbs:[\"delete\" \"get\"]}");
        String binding = bindingJson("take", "Role", "reader", "{'kind':'User','name':'alice'}");
        String bindings = RBAC + "/namespaces/default/rolebindings";
        assertThat(as(ALICE, "POST", bindings, binding).message())
                .startsWith("rolebindings.rbac.authorization.k8s.io \"take\" is forbidden: user");
        role("binder", "bind", "roles");
        bind("may-bind", "Role", "binder", "{'kind':'User','name':'alice'}");
        assertThat(as(ALICE, "POST", bindings, binding).code()).isEqualTo(201);
        assertThat(as(ALICE, "GET", CONFIGMAPS + "/kube-root-ca.crt", "").code()).isEqualTo(404);
    }

    @Test
    void reviewsAgreeWithWhatHappens() {
        role("reader", "get,list", "configmaps");
        bind("read", "Role", "reader", "{'kind':'User','name':'alice'}");
        String yes = attributes("list", "configmaps", "default");
        Reply allowed = as(ALICE, "POST", REVIEWS + "/selfsubjectaccessreviews", review(yes, ""));
        assertThat(allowed.body().path("status").toString())
                .isEqualTo(
                        "{\"allowed\":true,\"reason\":\"RBAC: allowed by RoleBinding"
                                + " \\\"read/default\\\" of Role \\\"reader\\\" to User"
                                + " \\\"alice\\\"\"}");
        String no = attributes("delete", "configmaps", "default");
        String bob = ",'user':'alice','groups':['system:authenticated']";
        assertThat(
                        server.post(REVIEWS + "/subjectaccessreviews", review(no, bob))
                                .body()
                                .path("status")
                                .toString())
                .isEqualTo("{\"allowed\":false}");
        String local = REVIEWS + "/namespaces/default/localsubjectaccessreviews";
        assertThat(server.post(local, review(yes, bob)).field("/status/allowed")).isEqualTo("true");
        assertThat(server.post(local, review(attributes("get", "pods", "other"), bob)).message())
                .isEqualTo("spec.resourceAttributes.namespace must match namespace: default");
        Reply rules =
                as(
                        ALICE,
                        "POST",
                        REVIEWS + "/selfsubjectrulesreviews",
                        json("{'spec':{'namespace':'default'}}"));
        assertThat(rules.body().path("status").path("resourceRules").toString())
                .contains("\"resources\":[\"configmaps\"]");
        assertThat(rules.field("/status/incomplete")).isEqualTo("false");
    }

    @Test
    void keepsNodesToTheirOwn() {
        User node = User.of("system:node:n1", List.of("system:nodes", User.AUTHENTICATED));
        assertThat(as(node, "GET", "/api/v1/nodes", "").message())
                .endsWith(": node 'n1' cannot read all nodes, only its own Node object");
        assertThat(as(node, "GET", "/api/v1/namespaces/default/secrets/s", "").message())
                .endsWith(": no relationship found between node 'n1' and this object");
        assertThat(as(node, "GET", "/api/v1/pods?fieldSelector=spec.nodeName=n1", "").code())
                .isEqualTo(200);
        String other = json("{'kind':'Node','apiVersion':'v1','metadata':{'name':'n2'}}");
        assertThat(as(node, "POST", "/api/v1/nodes", other).message())
                .isEqualTo(
                        "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node"
                                + " \"n2\"");
        assertThat(as(node, "POST", "/api/v1/nodes", other.replace("n2", "n1")).code())
                .isEqualTo(201);
    }

    @Test
    void makesTheDefaultPolicyWholeAgainAtAStart() {
        String discovery = RBAC + "/clusterroles/system:discovery";
        server.patch(discovery, TestServer.MERGE, json("{'rules':[]}"));
        server.delete(RBAC + "/clusterrolebindings/system:basic-user", "");
        server.patch(
                RBAC + "/clusterroles/system:monitoring",
                TestServer.MERGE,
                json(
                        "{'metadata':{'annotations':{'rbac.authorization.kubernetes.io/autoupdate':'false'}},'rules':[]}"));
        server.restart();
        assertThat(server.get(discovery).body().path("rules")).hasSize(11);
        assertThat(server.get(RBAC + "/clusterrolebindings/system:basic-user").code())
                .isEqualTo(200);
        assertThat(server.get(RBAC + "/clusterroles/system:monitoring").body().path("rules"))
                .isEmpty();
    }

    @Test
    void decidesInLittleTime() {
        Access access =
                Access.to(
                        User.of(
                                "system:serviceaccount:kube-system:replicaset-controller",
                                List.of("system:serviceaccounts", User.AUTHENTICATED)),
                        "create",
                        new GroupResource("", "pods"),
                        "",
                        "default",
                        "");
        int allowed = 0;
        for (int i = 0; i < 100_000; i++) {
            allowed += server.core.authorizer().authorize(access).isAllowed() ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(100_000);
    }

    private Reply as(User user, String method, String path, String body) {
        return server.send(method, path, JSON, body, "", user);
    }

    private void role(String name, String verbs, String resources) {
        String path = RBAC + "/namespaces/default/roles";
        assertThat(server.post(path, roleJson(name, verbs, resources)).code()).isEqualTo(201);
    }

    private static String roleJson(String name, String verbs, String resources) {
        return json(
                "{'metadata':{'name':'%s'},'rules':[{'verbs':['%s'],'apiGroups':['*'],'resources':['%s']}]}"
                        .formatted(name, verbs.replace(",", "','"), resources.replace(",", "','")));
    }

    private void bind(String name, String kind, String role, String subject) {
        String path = RBAC + "/namespaces/default/rolebindings";
        assertThat(server.post(path, bindingJson(name, kind, role, subject)).code()).isEqualTo(201);
    }

    private static String bindingJson(String name, String kind, String role, String subject) {
        return json(
                "{'metadata':{'name':'%s'},'roleRef':{'kind':'%s','name':'%s'},'subjects':[%s]}"
                        .formatted(name, kind, role, subject));
    }

    private static String attributes(String verb, String resource, String namespace) {
        return "'resourceAttributes':{'verb':'%s','resource':'%s','namespace':'%s'}"
                .formatted(verb, resource, namespace);
    }

    private static String review(String attributes, String more) {
        return json("{'spec':{" + attributes + more + "}}");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
