package dev.orrery.kubelet.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionReviewsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String POD = "'resource':{'version':'v1','resource':'pods'}";
    private static final String MAP = "'resource':{'version':'v1','resource':'configmaps'}";
    private static final String CRD =
            "'resource':{'group':'apiextensions.k8s.io','version':'v1','resource':'customresourcedefinitions'}";

    private static HttpRequest request(String path, String body) {
        return new HttpRequest(
                "POST",
                path,
                List.of(new Header("Content-Type", "application/json")),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "");
    }

    private static String review(String request) {
        String whole = request.replace("POD", POD).replace("MAP", MAP).replace("CRD", CRD);
        return "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview',"
                + "'request':{'uid':'u1',"
                + whole
                + "}}";
    }

    private static @Nullable HttpResponse answer(String path, String request) {
        return new AdmissionReviews("").answer(request(path, review(request)));
    }

    /** The verdict in a line: yes, a patch, or no and why. */
    private static String verdict(@Nullable HttpResponse answer) throws IOException {
        if (answer == null) {
            return "silence";
        }
        JsonNode response = JSON.readTree(answer.body()).path("response");
        assertThat(response.path("uid").asText()).isEqualTo("u1");
        if (response.path("allowed").asBoolean()) {
            JsonNode patch = response.path("patch");
            return patch.isMissingNode()
                    ? "yes"
                    : JSON.readTree(Base64.getDecoder().decode(patch.asText())).get(0).toString();
        }
        JsonNode status = response.path("status");
        return "no: " + status.path("message").asText("") + status.path("reason").asText("");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /always-deny              | 'object':{}                                                                                        | no: this webhook denies all requests
                    /always-allow-delay-5s    | 'object':{}                                                                                        | yes
                    /add-label                | 'object':{'metadata':{}}                                                                           | {"op":"add","path":"/metadata/labels","value":{"added-label":"yes"}}
                    /add-label                | 'object':{'metadata':{'labels':{'a':'b'}}}                                                         | {"op":"add","path":"/metadata/labels/added-label","value":"yes"}
                    /add-label                | 'object':{'metadata':{'labels':{'added-label':'no'}}}                                              | {"op":"replace","path":"/metadata/labels/added-label","value":"yes"}
                    /add-label                | 'object':{'metadata':{'labels':{'added-label':'yes'}}}                                             | yes
                    /pods                     | POD,'object':{'spec':{'containers':[{'name':'good'}]}}                                             | yes
                    /pods                     | POD,'object':{'metadata':{'labels':{'webhook-e2e-test':'webhook-disallow'}},'spec':{'containers':[{'name':'webhook-disallow'}]}} | no: the pod contains unwanted label; the pod contains unwanted container name;
                    /pods                     | POD,'object':{'metadata':{'labels':{'webhook-e2e-test':'wait-forever'}}}                           | silence
                    /pods                     | MAP                                                                                                | no: expect resource to be /v1, Resource=pods
                    /pods/attach              | POD,'name':'to-be-attached-pod','subResource':'attach','object':{'stdin':true,'container':'container1'} | no: attaching to pod 'to-be-attached-pod' is not allowed
                    /pods/attach              | POD,'name':'to-be-attached-pod','subResource':'attach','object':{'stdin':false,'container':'container1'} | yes
                    /pods/attach              | POD,'name':'other','subResource':'exec'                                                             | yes
                    /mutating-pods            | POD,'object':{'metadata':{'name':'webhook-to-be-mutated'}}                                         | {"op":"add","path":"/spec/initContainers","value":[{"image":"webhook-added-image","name":"webhook-added-init-container","resources":{}}]}
                    /mutating-pods            | POD,'object':{'metadata':{'name':'other'}}                                                         | yes
                    /mutating-pods-sidecar    | POD,'object':{}                                                                                    | no: No image specified by the sidecar-image parameter
                    /configmaps               | MAP,'operation':'CREATE','object':{'data':{'webhook-e2e-test':'webhook-disallow'}}                  | no: the configmap contains unwanted key and value
                    /configmaps               | MAP,'operation':'DELETE','oldObject':{'data':{'webhook-e2e-test':'webhook-nondeletable'}}           | no: the configmap cannot be deleted because it contains unwanted key and value
                    /configmaps               | MAP,'operation':'UPDATE','object':{'data':{'a':'b'}}                                               | yes
                    /mutating-configmaps      | MAP,'object':{'data':{'mutation-start':'yes'}}                                                     | {"op":"add","path":"/data/mutation-stage-1","value":"yes"}
                    /mutating-configmaps      | MAP,'object':{'data':{'mutation-start':'yes','mutation-stage-1':'yes'}}                            | {"op":"add","path":"/data/mutation-stage-2","value":"yes"}
                    /mutating-configmaps      | MAP,'object':{'data':{'a':'b'}}                                                                    | yes
                    /custom-resource          | 'operation':'UPDATE','object':{'data':{'webhook-e2e-test':'webhook-disallow'}}                     | no: the custom resource contains unwanted data
                    /custom-resource          | 'operation':'DELETE','oldObject':{'data':{'webhook-e2e-test':'webhook-nondeletable'}}               | no: the custom resource cannot be deleted because it contains unwanted key and value
                    /mutating-custom-resource | 'object':{'data':{'mutation-start':'yes'}}                                                         | {"op":"add","path":"/data/mutation-stage-1","value":"yes"}
                    /crd                      | CRD,'object':{'metadata':{'labels':{'webhook-e2e-test':'webhook-disallow'}}}                       | no: the crd contains unwanted label
                    /crd                      | CRD,'object':{'metadata':{}}                                                                       | yes
                    """)
    void answersAsTheOriginal(String path, String request, String verdict) throws IOException {
        assertThat(verdict(answer(path, request))).isEqualTo(verdict);
    }

    @Test
    void putsTheChosenSidecarIn() throws IOException {
        HttpResponse answer =
                new AdmissionReviews("side:1")
                        .answer(
                                request(
                                        "/mutating-pods-sidecar",
                                        review("POD,'object':{'spec':{'containers':[]}}")));
        assertThat(verdict(answer))
                .isEqualTo(
                        "{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":"
                                + "{\"image\":\"side:1\",\"name\":\"webhook-added-sidecar\",\"resources\":{}}}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /always-deny | {                               | 400 Request could not be decoded: couldn't get version/kind; json parse error
                    /always-deny | {'kind':'Pod','apiVersion':'v1'} | 400 Unsupported group version kind: v1, Kind=Pod
                    /nowhere     | {}                              | 404 404 page not found
                    """)
    void refusesWhatIsNoReview(String path, String body, String refusal) {
        assertThat(new AdmissionReviews("").answer(request(path, body)))
                .extracting(answer ->
                        answer.status()
                                + " "
                                + new String(answer.body(), StandardCharsets.UTF_8).strip())
                .isEqualTo(refusal);
    }
}
