package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.TestServer.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Scale, binding, eviction, tokens and reviews.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/">eviction</a>
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">
 *     service accounts</a>
 */
class ActionsTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String WEB = "/apis/apps/v1/namespaces/default/deployments/web";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
    private static final String TOKEN_REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

    private final TestServer server = new TestServer();

    @Test
    void scales() {
        deployment();
        Reply scale = server.get(WEB + "/scale");
        assertThat(scale.field("/kind")).isEqualTo("Scale");
        assertThat(scale.body().at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(scale.field("/status/selector")).isEqualTo("app=web");
        String wanted = "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":%s}}";
        Reply put = server.put(WEB + "/scale", wanted.formatted("2"));
        assertThat(put.body().at("/spec/replicas").asInt()).isEqualTo(2);
        Reply patched = server.patch(WEB + "/scale", MERGE, "{\"spec\":{\"replicas\":4}}");
        assertThat(patched.body().at("/spec/replicas").asInt()).isEqualTo(4);
        Reply whole = server.get(WEB);
        assertThat(whole.body().at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(whole.version()).isEqualTo(patched.version());
        assertThat(server.put(WEB + "/scale", scale.body()).code()).isEqualTo(409);
        assertThat(server.put(WEB + "/scale", wanted.formatted("-1")).message())
                .isEqualTo(
                        "Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1:"
                                + " must be greater than or equal to 0");
    }

    @Test
    void bindsAPodOnce() {
        pod("p", "");
        String binding = "{\"metadata\":{\"name\":\"p\"},\"target\":{\"name\":\"node-1\"}}";
        assertThat(server.post(PODS + "/p/binding", binding).code()).isEqualTo(201);
        Reply pod = server.get(PODS + "/p");
        assertThat(pod.field("/spec/nodeName")).isEqualTo("node-1");
        assertThat(pod.field("/status/conditions/0/type")).isEqualTo("PodScheduled");
        assertThat(server.post(PODS + "/p/binding", binding).message())
                .isEqualTo(
                        "Operation cannot be fulfilled on pods/binding \"p\": pod p is already"
                                + " assigned to node \"node-1\"");
        pod("q", "");
        Reply old =
                server.post(
                        "/api/v1/namespaces/default/bindings", binding.replace("\"p\"", "\"q\""));
        assertThat(old.code()).isEqualTo(201);
        assertThat(server.get(PODS + "/q").field("/spec/nodeName")).isEqualTo("node-1");
        assertThat(server.post(PODS + "/p/binding", "{\"metadata\":{\"name\":\"p\"}}").code())
                .isEqualTo(422);
    }

    @Test
    void evictsAsTheBudgetAllows() {
        runningPod("p");
        runningPod("q");
        budget();
        allow(1);
        Reply first = server.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}");
        assertThat(first.code()).as(first.text()).isEqualTo(201);
        Reply pod = server.get(PODS + "/p");
        assertThat(pod.field("/metadata/deletionTimestamp")).isNotEmpty();
        assertThat(pod.text()).contains("EvictionByEvictionAPI");
        Reply second = server.post(PODS + "/q/eviction", "{\"metadata\":{\"name\":\"q\"}}");
        assertThat(second.code()).isEqualTo(429);
        assertThat(second.message())
                .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(second.field("/details/causes/0/reason")).isEqualTo("DisruptionBudget");
        assertThat(second.field("/details/causes/0/message"))
                .isEqualTo("The disruption budget b needs 1 healthy pods and has 2 currently");
        assertThat(server.get(PODS + "/q").body().at("/metadata").has("deletionTimestamp"))
                .isFalse();
    }

    @Test
    void evictsAnUnreadyPodWhereEnoughAreHealthy() {
        runningPod("p");
        budget();
        allow(0);
        Reply refused = server.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}");
        assertThat(refused.code()).isEqualTo(429);
        server.patch(
                PODS + "/p/status",
                MERGE,
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}");
        Reply evicted = server.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}");
        assertThat(evicted.code()).as(evicted.text()).isEqualTo(201);
    }

    @Test
    void saysWhyABudgetCannotBeWeighed() {
        runningPod("p");
        budget();
        Reply early = server.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}");
        assertThat(early.field("/details/causes/0/message"))
                .isEqualTo("The disruption budget b is still being processed by the server.");
        server.patch(
                BUDGETS + "/b/status",
                MERGE,
                """
                {"status":{"observedGeneration":1,"disruptionsAllowed":0,"currentHealthy":0,
                 "desiredHealthy":0,"expectedPods":0,"conditions":[{"type":"DisruptionAllowed",
                 "status":"False","reason":"SyncFailed","message":"no idea",
                 "lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
                """);
        Reply late = server.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}");
        assertThat(late.field("/details/causes/0/message"))
                .isEqualTo(
                        "The disruption budget b does not allow evicting pods currently because it"
                                + " failed sync: no idea");
    }

    @Test
    void evictsOnlyThePodThatIsMeant() {
        runningPod("p");
        String eviction =
                "{\"metadata\":{\"name\":\"p\"},\"deleteOptions\":{\"preconditions\":{%s}}}";
        Reply stranger =
                server.post(PODS + "/p/eviction", eviction.formatted("\"uid\":\"another\""));
        assertThat(stranger.code()).isEqualTo(409);
        assertThat(server.get(PODS + "/p").text()).doesNotContain("DisruptionTarget");
        String version = server.get(PODS + "/p").version();
        Reply same =
                server.post(
                        PODS + "/p/eviction",
                        eviction.formatted("\"resourceVersion\":\"" + version + "\""));
        assertThat(same.code()).as(same.text()).isEqualTo(201);
        assertThat(server.get(PODS + "/p").text()).contains("DisruptionTarget");
    }

    @Test
    void evictsNothingInADryRun() {
        runningPod("p");
        budget();
        allow(1);
        Reply dry = server.post(PODS + "/p/eviction?dryRun=All", "{\"metadata\":{\"name\":\"p\"}}");
        assertThat(dry.code()).as(dry.text()).isEqualTo(201);
        assertThat(server.get(PODS + "/p").text()).doesNotContain("deletionTimestamp");
        assertThat(server.get(BUDGETS + "/b").body().at("/status/disruptionsAllowed").asInt())
                .isEqualTo(1);
    }

    private void budget() {
        server.post(
                BUDGETS,
                """
                {"metadata":{"name":"b"},"spec":{"minAvailable":1,
                 "selector":{"matchLabels":{"app":"x"}}}}
                """);
    }

    private void allow(int disruptions) {
        Reply reply =
                server.patch(
                        BUDGETS + "/b/status",
                        MERGE,
                        "{\"status\":{\"observedGeneration\":1,\"desiredHealthy\":1,"
                                + "\"currentHealthy\":2,\"expectedPods\":2,\"disruptionsAllowed\":"
                                + disruptions
                                + "}}");
        assertThat(reply.code()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void signsTokensThatDie() {
        server.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
        Reply token =
                server.post(ACCOUNTS + "/robot/token", "{\"spec\":{\"expirationSeconds\":600}}");
        assertThat(token.code()).isEqualTo(201);
        assertThat(token.field("/status/expirationTimestamp")).isEqualTo("2026-01-01T00:10:00Z");
        String review = "{\"spec\":{\"token\":\"" + token.field("/status/token") + "\"}}";
        Reply good = server.post(TOKEN_REVIEWS, review);
        assertThat(good.body().at("/status/authenticated").asBoolean()).isTrue();
        assertThat(good.field("/status/user/username"))
                .isEqualTo("system:serviceaccount:default:robot");
        assertThat(good.field("/status/user/groups/1")).isEqualTo("system:serviceaccounts:default");
        server.clock.advance(Duration.ofMinutes(11));
        assertThat(authenticated(review)).isFalse();
        assertThat(authenticated("{\"spec\":{\"token\":\"x.y.z\"}}")).isFalse();
        assertThat(
                        server.post(
                                        ACCOUNTS + "/robot/token",
                                        "{\"spec\":{\"expirationSeconds\":60}}")
                                .message())
                .contains("may not specify a duration less than 10 minutes");
    }

    @Test
    void takesNoTokenOfAnAccountThatIsGone() {
        server.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
        String token = server.post(ACCOUNTS + "/robot/token", "{}").field("/status/token");
        String review = "{\"spec\":{\"token\":\"" + token + "\"}}";
        assertThat(authenticated(review)).isTrue();
        server.delete(ACCOUNTS + "/robot", "");
        server.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
        assertThat(authenticated(review)).isFalse();
    }

    private boolean authenticated(String review) {
        return server.post(TOKEN_REVIEWS, review).body().at("/status/authenticated").asBoolean();
    }

    @Test
    void saysWhoAsksAndThatTheyMay() {
        Reply self = server.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        assertThat(self.field("/status/userInfo/username")).isEqualTo("kubernetes-admin");
        Reply access =
                server.post(
                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}");
        assertThat(access.body().at("/status/allowed").asBoolean()).isTrue();
        assertThat(access.field("/status/reason")).isEmpty(); // as for every system:masters
        Reply odd = server.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "{}");
        assertThat(odd.code()).isEqualTo(422);
    }

    private void deployment() {
        server.post(
                "/apis/apps/v1/namespaces/default/deployments",
                """
                {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
                 "template":{"metadata":{"labels":{"app":"web"}},
                  "spec":{"containers":[{"name":"nginx","image":"nginx"}]}}}}
                """);
    }

    private void runningPod(String name) {
        pod(name, "\"app\":\"x\"");
        server.post(
                PODS + "/" + name + "/binding",
                "{\"metadata\":{\"name\":\"" + name + "\"},\"target\":{\"name\":\"node-1\"}}");
        Reply status =
                server.patch(
                        PODS + "/" + name + "/status",
                        MERGE,
                        "{\"status\":{\"phase\":\"Running\",\"conditions\":"
                                + "[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        assertThat(status.code()).as(status.text()).isEqualTo(200);
    }

    private void pod(String name, String labels) {
        Reply reply =
                server.post(
                        PODS,
                        "{\"metadata\":{\"name\":\""
                                + name
                                + "\",\"labels\":{"
                                + labels
                                + "}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}}");
        assertThat(reply.code()).as(reply.text()).isEqualTo(201);
    }
}
