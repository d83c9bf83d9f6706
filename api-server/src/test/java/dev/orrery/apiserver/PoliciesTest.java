package dev.orrery.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
class PoliciesTest {

    private static final String API = "/apis/admissionregistration.k8s.io/v1/";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();

    private static String policy(String name, String more) {
        return """
        {"metadata": {"name": "%s"}, "spec": {"matchConstraints": {"resourceRules": [
          {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
           "resources": ["configmaps"]}]}, %s}}
        """
                .formatted(name, json(more));
    }

    /** Single quotes for JSON's own, at signs for those inside an expression. */
    private static String json(String text) {
        return text.replace('\'', '"').replace("@", "\\\"").replace("\n", " ");
    }

    private static String binding(String policy, String more) {
        return """
        {"metadata": {"name": "%s"}, "spec": {"policyName": "%s", %s}}
        """
                .formatted(policy + "-binding", policy, more.replace('\'', '"'));
    }

    private static String map(String name, String data) {
        return "{\"metadata\": {\"name\": \"%s\"}, \"data\": {%s}}"
                .formatted(name, data.replace('\'', '"'));
    }

    private void use(String name, String more, String how) {
        TestServer.Reply policy =
                server.post(API + "validatingadmissionpolicies", policy(name, more));
        assertThat(policy.code()).as(policy.text()).isEqualTo(201);
        TestServer.Reply binding =
                server.post(API + "validatingadmissionpolicybindings", binding(name, how));
        assertThat(binding.code()).as(binding.text()).isEqualTo(201);
    }

    private void mutate(String name, String more, String how) {
        TestServer.Reply policy =
                server.post(API + "mutatingadmissionpolicies", policy(name, more));
        assertThat(policy.code()).as(policy.text()).isEqualTo(201);
        TestServer.Reply binding =
                server.post(API + "mutatingadmissionpolicybindings", binding(name, how));
        assertThat(binding.code()).as(binding.text()).isEqualTo(201);
    }

    @Test
    void aPolicyDeniesWhatItsExpressionDoesNotHold() {
        use(
                "size",
                "'validations': [{'expression': 'size(object.data) < 2'}]",
                "'validationActions': ['Deny']");
        assertThat(server.post(MAPS, map("a", "'x': '1'")).code()).isEqualTo(201);
        TestServer.Reply denied = server.post(MAPS, map("b", "'x': '1', 'y': '2'"));
        assertThat(denied.code()).isEqualTo(422);
        assertThat(denied.reason()).isEqualTo("Invalid");
        assertThat(denied.message())
                .isEqualTo(
                        "configmaps \"b\" is forbidden: ValidatingAdmissionPolicy 'size' with"
                                + " binding 'size-binding' denied request: failed expression:"
                                + " size(object.data) < 2");
        assertThat(denied.field("/details/causes/0/message"))
                .startsWith("ValidatingAdmissionPolicy 'size'");
        assertThat(server.get(MAPS + "/b").code()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'expression': 'false', 'message': 'no'                                       | 422 | no
                    'expression': 'false', 'reason': 'Forbidden', 'message': 'no'                | 403 | no
                    'expression': 'false', 'message': 'no', 'messageExpression': '"has " + object.data.x' | 422 | has 1
                    'expression': 'false', 'message': 'no', 'messageExpression': 'string(object.data.q)' | 422 | no
                    'expression': 'object.data.q == "1"'                                         | 422 | expression 'object.data.q == "1"' resulted in error: no such key: q
                    'expression': 'has(oldObject.data) ? true : request.operation == "UPDATE"'         | 422 | failed expression: has(oldObject.data) ? true : request.operation == "UPDATE"
                    'expression': 'namespaceObject.metadata.name != "default"'                   | 422 | failed expression: namespaceObject.metadata.name != "default"
                    'expression': 'request.userInfo.username == "nobody"'                        | 422 | failed expression: request.userInfo.username == "nobody"
                    'expression': 'authorizer.group("").resource("pods").check("get").allowed()' | 201 | -
                    'expression': 'object.metadata.name == request.name'                         | 201 | -
                    """)
    void aDenialSaysWhy(String validation, int code, String message) {
        String marked = validation.replace('"', '@');
        use("p", "'validations': [{" + marked + "}]", "'validationActions': ['Deny']");
        TestServer.Reply reply = server.post(MAPS, map("a", "'x': '1'"));
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        if (code != 201) {
            assertThat(reply.message()).endsWith("denied request: " + message);
        }
    }

    @Test
    void aWarningLetsThrough() {
        use(
                "warned",
                "'validations': [{'expression': 'false', 'message': 'beware'}]",
                "'validationActions': ['Warn', 'Audit']");
        TestServer.Reply reply = server.post(MAPS, map("a", ""));
        assertThat(reply.code()).isEqualTo(201);
        assertThat(reply.response().warnings())
                .containsExactly(
                        "Validation failed for ValidatingAdmissionPolicy 'warned' with binding"
                                + " 'warned-binding': beware");
    }

    @Test
    void variablesSeeThoseBeforeThem() {
        use(
                "chained",
                """
                'variables': [{'name': 'keys', 'expression': 'object.data.map(k, k)'},
                              {'name': 'count', 'expression': 'size(variables.keys)'},
                              {'name': 'unused', 'expression': 'object.nothing.here'}],
                'validations': [{'expression': 'variables.count < 2'}]
                """,
                "'validationActions': ['Deny']");
        assertThat(server.post(MAPS, map("a", "'x': '1'")).code()).isEqualTo(201);
        assertThat(server.post(MAPS, map("b", "'x': '1', 'y': '2'")).code()).isEqualTo(422);
    }

    @Test
    void matchConditionsKeepAPolicyAway() {
        use(
                "conditional",
                """
                'matchConditions': [{'name': 'not-me', 'expression': 'object.metadata.name != "me"'}],
                'validations': [{'expression': 'false'}]
                """
                        .replace("\"me\"", "@me@"),
                "'validationActions': ['Deny']");
        assertThat(server.post(MAPS, map("me", "")).code()).isEqualTo(201);
        assertThat(server.post(MAPS, map("you", "")).code()).isEqualTo(422);
    }

    @Test
    void aBindingNarrowsByTheNamespacesLabels() {
        server.post(
                "/api/v1/namespaces",
                "{\"metadata\": {\"name\": \"strict\", \"labels\": {\"s\": \"1\"}}}");
        use(
                "narrow",
                "'validations': [{'expression': 'false'}]",
                "'validationActions': ['Deny'], 'matchResources': {'namespaceSelector':"
                        + " {'matchLabels': {'s': '1'}}}");
        assertThat(server.post(MAPS, map("a", "")).code()).isEqualTo(201);
        assertThat(server.post(MAPS.replace("default", "strict"), map("a", "")).code())
                .isEqualTo(422);
    }

    @Test
    void aPolicyIsEvaluatedOnceForEachParameter() {
        use(
                "limited",
                """
                'paramKind': {'apiVersion': 'v1', 'kind': 'ConfigMap'},
                'matchConditions': [{'name': 'no-params', 'expression': '!has(object.metadata.labels)'}],
                'validations': [{'expression': 'size(object.data) <= int(params.data.max)'}]
                """,
                "'validationActions': ['Deny'], 'paramRef': {'selector': {'matchLabels': {'limit':"
                        + " 'yes'}}, 'namespace': 'default'}");
        TestServer.Reply none = server.post(MAPS, map("a", "'x': '1'"));
        assertThat(none.message())
                .endsWith(
                        "denied request: failed to configure binding: no params found for policy"
                                + " binding with `Deny` parameterNotFoundAction");
        server.delete(API + "validatingadmissionpolicybindings/limited-binding", "");
        for (String max : new String[] {"5", "1"}) {
            String param =
                    "{\"metadata\": {\"name\": \"max"
                            + max
                            + "\", \"labels\": {\"limit\": \"yes\"}}, \"data\": {\"max\": \""
                            + max
                            + "\"}}";
            assertThat(server.post(MAPS, param).code()).isEqualTo(201);
        }
        server.post(
                API + "validatingadmissionpolicybindings",
                binding(
                        "limited",
                        "'validationActions': ['Deny'], 'paramRef': {'selector': {'matchLabels':"
                                + " {'limit': 'yes'}}}"));
        assertThat(server.post(MAPS, map("a", "'x': '1'")).code()).isEqualTo(201);
        assertThat(server.post(MAPS, map("b", "'x': '1', 'y': '2'")).code()).isEqualTo(422);
    }

    @Test
    void aPolicyThatMayFailLetsThroughWhatItCannotDecide() {
        use(
                "open",
                "'failurePolicy': 'Ignore', 'validations': [{'expression': 'object.nothing == 1'}]",
                "'validationActions': ['Deny']");
        assertThat(server.post(MAPS, map("a", "")).code()).isEqualTo(201);
    }

    @Test
    void aPolicyThatIsGoneDeniesNothing() {
        use("gone", "'validations': [{'expression': 'false'}]", "'validationActions': ['Deny']");
        assertThat(server.post(MAPS, map("a", "")).code()).isEqualTo(422);
        server.delete(API + "validatingadmissionpolicies/gone", "");
        assertThat(server.post(MAPS, map("a", "")).code()).isEqualTo(201);
    }

    @Test
    void aPolicyAboutEverythingDoesNotConcernPolicies() {
        String all =
                """
                {"metadata": {"name": "all"}, "spec": {"matchConstraints": {"resourceRules": [
                  {"apiGroups": ["*"], "apiVersions": ["*"], "operations": ["*"], "resources": ["*"]}]},
                 "validations": [{"expression": "false"}]}}
                """;
        assertThat(server.post(API + "validatingadmissionpolicies", all).code()).isEqualTo(201);
        server.post(
                API + "validatingadmissionpolicybindings",
                binding("all", "'validationActions': ['Deny']"));
        assertThat(server.post(MAPS, map("a", "")).code()).isEqualTo(422);
        assertThat(server.delete(API + "validatingadmissionpolicies/all", "").code())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'validations': [{'expression': 'object.x + y'}]       | spec.validations[0].expression: Invalid value: "object.x + y": compilation failed: ERROR: <input>:1:12: undeclared reference to 'y' (in container '')
                    'validations': [{'expression': '1'}]                  | spec.validations[0].expression: Invalid value: "1": must evaluate to bool but got int
                    'validations': [{'expression': 'request.nope'}]       | undefined field 'nope'
                    'validations': [{'expression': 'params.x'}]           | undeclared reference to 'params'
                    'validations': [{'expression': 'variables.x'}]        | undeclared reference to 'variables'
                    'validations': [{'expression': ' '}]                  | spec.validations[0].expression: Required value: expression is not specified
                    'validations': []                                     | spec.validations: Required value: validations or auditAnnotations must contain at least one item
                    'variables': [{'name': 'in', 'expression': '1'}], 'validations': [{'expression': 'true'}] | spec.variables[0].name: Invalid value: "in": name is not a valid CEL identifier
                    'matchConditions': [{'name': 'a', 'expression': '('}], 'validations': [{'expression': 'true'}] | compilation failed: ERROR: <input>:1:2: Syntax error: mismatched input
                    'validations': [{'expression': 'true', 'reason': 'Because'}] | spec.validations[0].reason: Unsupported value: "Because": supported values: "Forbidden", "Invalid", "RequestEntityTooLarge"
                    """)
    void aPolicyThatCannotWorkIsRefused(String spec, String message) {
        TestServer.Reply reply =
                server.post(API + "validatingadmissionpolicies", policy("bad", spec));
        assertThat(reply.code()).as(reply.text()).isEqualTo(422);
        assertThat(reply.message()).contains(message);
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        use("p", "'validations': [{'expression': 'true'}]", "'validationActions': ['Deny']");
        TestServer.Reply policy = server.get(API + "validatingadmissionpolicies/p");
        assertThat(policy.field("/spec/failurePolicy")).isEqualTo("Fail");
        assertThat(policy.field("/spec/matchConstraints/matchPolicy")).isEqualTo("Equivalent");
        assertThat(policy.field("/spec/matchConstraints/resourceRules/0/scope")).isEqualTo("*");
        assertThat(policy.body().at("/spec/matchConstraints/objectSelector").isObject()).isTrue();
    }

    @Test
    void theStatusTellsWhatExpressionsGetWrongAboutTheirObjects() {
        use(
                "typed",
                """
                'variables': [{'name': 'd', 'expression': 'object.data'}],
                'validations': [{'expression': 'object.nothing == 1'}, {'expression': 'size(variables.d) > 0'},
                                {'expression': 'true', 'messageExpression': 'string(object.metadata.nope)'}]
                """,
                "'validationActions': ['Warn']");
        JsonNode status =
                server.get(API + "validatingadmissionpolicies/typed").body().path("status");
        assertThat(status.path("observedGeneration").asInt()).isEqualTo(1);
        JsonNode warnings = status.at("/typeChecking/expressionWarnings");
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0).path("fieldRef").asText())
                .isEqualTo("spec.validations[0].expression");
        assertThat(warnings.get(0).path("warning").asText())
                .startsWith("/v1, Kind=ConfigMap: ERROR: <input>:1:7: undefined field 'nothing'");
        assertThat(warnings.get(1).path("fieldRef").asText())
                .isEqualTo("spec.validations[2].messageExpression");
    }

    @Test
    void aMutatingPolicyAppliesItsConfiguration() {
        mutate(
                "labels",
                """
                'reinvocationPolicy': 'Never', 'mutations': [{'patchType': 'ApplyConfiguration',
                 'applyConfiguration': {'expression':
                  'Object{metadata: Object.metadata{labels: {@made-by@: request.userInfo.username}}}'}}]
                """,
                "'matchResources': {}");
        TestServer.Reply made = server.post(MAPS, map("a", "'x': '1'"));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.field("/metadata/labels/made-by")).isEqualTo("kubernetes-admin");
        assertThat(made.field("/data/x")).isEqualTo("1");
    }

    @Test
    void aMutatingPolicyPatches() {
        mutate(
                "patch",
                """
                'reinvocationPolicy': 'Never', 'variables': [{'name': 'n', 'expression': 'size(object.data)'}],
                'mutations': [
                 {'patchType': 'JSONPatch', 'jsonPatch': {'expression':
                  '[JSONPatch{op: @add@, path: @/data/@ + jsonpatch.escapeKey(@a.b@), value: string(variables.n)}]'}},
                 {'patchType': 'JSONPatch', 'jsonPatch': {'expression':
                  '[JSONPatch{op: @test@, path: @/data/x@, value: @other@}, JSONPatch{op: @remove@, path: @/data/x@}]'}}]
                """,
                "'matchResources': {}");
        TestServer.Reply made = server.post(MAPS, map("a", "'x': '1'"));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.field("/data/a.b")).isEqualTo("1");
        assertThat(made.field("/data/x")).isEqualTo("1");
    }

    @Test
    void aMutatingPolicyThatCannotMutateDenies() {
        mutate(
                "broken",
                """
                'reinvocationPolicy': 'Never', 'mutations': [{'patchType': 'ApplyConfiguration',
                 'applyConfiguration': {'expression': 'Object{nothing: Object.nothing{}}'}}]
                """,
                "'matchResources': {}");
        TestServer.Reply denied = server.post(MAPS, map("a", ""));
        assertThat(denied.code()).isEqualTo(403);
        assertThat(denied.message())
                .isEqualTo(
                        "policy 'broken' with binding 'broken-binding' denied request: error"
                                + " applying patch: failed to convert patch object to typed object:"
                                + " .nothing: field not declared in schema");
    }

    @Test
    void aPolicyIsAskedAgainAfterOthersOnlyIfItWantsTo() {
        String count =
                """
                'reinvocationPolicy': '%s', 'mutations': [{'patchType': 'JSONPatch', 'jsonPatch': {'expression':
                  '[JSONPatch{op: @add@, path: @/data/%s@, value: has(object.data.%s) ? object.data.%s + @+@ : @+@}]'}}]
                """;
        mutate("a", count.formatted("IfNeeded", "a", "a", "a"), "'matchResources': {}");
        mutate("b", count.formatted("Never", "b", "b", "b"), "'matchResources': {}");
        TestServer.Reply made = server.post(MAPS, map("m", "'x': '1'"));
        assertThat(made.field("/data/a")).isEqualTo("++");
        assertThat(made.field("/data/b")).isEqualTo("+");
    }

    @Test
    void aConfigurationMayNotReplaceAWholeList() {
        String pods =
                """
                {"metadata": {"name": "args"}, "spec": {"reinvocationPolicy": "Never",
                 "matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"],
                  "operations": ["CREATE"], "resources": ["pods"]}]},
                 "mutations": [{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression":
                  "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'c', args: ['x']}]}}"}}]}}
                """;
        server.post(API + "mutatingadmissionpolicies", pods);
        server.post(
                API + "mutatingadmissionpolicybindings", binding("args", "'matchResources': {}"));
        TestServer.Reply denied =
                server.post(
                        "/api/v1/namespaces/default/pods",
                        """
                        {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
                        """);
        assertThat(denied.message())
                .endsWith(
                        "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs:"
                                + " .spec.containers[0].args");
    }
}
