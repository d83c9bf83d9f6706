package dev.orrery.schema.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OpenApi openApi = OpenApi.builtIn();

    @Test
    void theIndexNamesEveryDocumentByItsHash() throws IOException {
        JsonNode paths = MAPPER.readTree(openApi.index()).get("paths");
        assertThat(paths.properties()).hasSize(22).hasSameSizeAs(openApi.paths());
        String hash = requireNonNull(openApi.document("apis/apps/v1")).hash();
        assertThat(paths.at("/apis~1apps~1v1/serverRelativeURL").asText())
                .isEqualTo("/openapi/v3/apis/apps/v1?hash=" + hash);
    }

    @Test
    void everyReferenceLeadsToASchema() throws IOException {
        for (String path : openApi.paths()) {
            JsonNode document = document(path);
            JsonNode schemas = document.at("/components/schemas");
            List<String> references =
                    document.findValues("$ref").stream()
                            // CRDs' schemas have a property of that name.
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::textValue)
                            .toList();
            assertThat(references).isNotEmpty();
            assertThat(references)
                    .allSatisfy(reference ->
                            assertThat(
                                            schemas.has(
                                                    reference.substring(
                                                            "#/components/schemas/".length())))
                                    .as(reference)
                                    .isTrue());
        }
    }

    @Test
    void everyWriteTakesDryRunAndFieldValidation() throws IOException {
        for (String path : openApi.paths()) {
            for (JsonNode operations : document(path).get("paths")) {
                for (String method : List.of("post", "put", "patch")) {
                    if (operations.has(method)) {
                        assertThat(
                                        operations
                                                .get(method)
                                                .get("parameters")
                                                .findValuesAsText("name"))
                                .contains("dryRun", "fieldValidation");
                    }
                }
            }
        }
    }

    @Test
    void describesAKind() throws IOException {
        JsonNode deployment =
                document("apis/apps/v1").at("/components/schemas/io.k8s.api.apps.v1.Deployment");
        assertThat(deployment.get("description").asText())
                .isEqualTo("Deployment enables declarative updates for Pods and ReplicaSets.");
        assertThat(deployment.get("x-kubernetes-group-version-kind").toString())
                .isEqualTo("[{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}]");
        assertThat(deployment.at("/properties/spec").toString())
                .isEqualTo("{\"$ref\":\"#/components/schemas/io.k8s.api.apps.v1.DeploymentSpec\"}");
    }

    @Test
    void tellsHowListsAreMerged() throws IOException {
        JsonNode pod = document("api/v1").at("/components/schemas/io.k8s.api.core.v1.PodSpec");
        JsonNode volumes = pod.at("/properties/volumes");
        assertThat(volumes.get("x-kubernetes-list-type").asText()).isEqualTo("map");
        assertThat(volumes.get("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"name\"]");
        assertThat(volumes.get("x-kubernetes-patch-merge-key").asText()).isEqualTo("name");
        assertThat(volumes.get("x-kubernetes-patch-strategy").asText())
                .isEqualTo("merge,retainKeys");
        assertThat(pod.get("required").toString()).isEqualTo("[\"containers\"]");
    }

    @Test
    void servesTheSameResourcesUnderTheirNamesAndNamespaces() throws IOException {
        JsonNode paths = document("apis/apps/v1").get("paths");
        assertThat(
                        StreamSupport.stream(
                                ((Iterable<String>) paths::fieldNames).spliterator(), false))
                .contains(
                        "/apis/apps/v1/deployments",
                        "/apis/apps/v1/namespaces/{namespace}/deployments",
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}",
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale");
    }

    @Test
    void theDocumentOfVersion2HasEverySchemaAndPath() throws IOException {
        JsonNode swagger = MAPPER.readTree(openApi.swagger().json());
        JsonNode definitions = swagger.get("definitions");
        assertThat(swagger.findValues("$ref").stream().filter(JsonNode::isTextual))
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(
                                        definitions.has(
                                                reference
                                                        .textValue()
                                                        .substring("#/definitions/".length())))
                                .isTrue());
        assertThat(swagger.findValues("allOf").stream().filter(JsonNode::isArray)).isEmpty();
        JsonNode strategy =
                definitions.at("/io.k8s.api.apps.v1.DeploymentSpec/properties/strategy");
        assertThat(strategy.get("$ref").asText())
                .isEqualTo("#/definitions/io.k8s.api.apps.v1.DeploymentStrategy");
        assertThat(strategy.get("x-kubernetes-patch-strategy").asText()).isEqualTo("retainKeys");
        assertThat(
                        definitions.at(
                                "/io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"
                                        + "/x-kubernetes-group-version-kind"))
                .hasSizeGreaterThan(10);
        JsonNode create = swagger.at("/paths/~1api~1v1~1namespaces~1{namespace}~1pods/post");
        assertThat(create.get("consumes")).isNotEmpty();
        assertThat(create.at("/parameters").findValuesAsText("in")).contains("body", "query");
        assertThat(create.at("/responses/201/schema/$ref").asText())
                .isEqualTo("#/definitions/io.k8s.api.core.v1.Pod");
    }

    private JsonNode document(String path) throws IOException {
        return MAPPER.readTree(requireNonNull(openApi.document(path)).json());
    }
}
