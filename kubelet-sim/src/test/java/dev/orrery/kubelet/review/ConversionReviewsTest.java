package dev.orrery.kubelet.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionReviewsTest {

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    'apiVersion':'stable.example.com/v1','hostPort':'h:80'        | stable.example.com/v2 | {"apiVersion":"stable.example.com/v2","host":"h","port":"80"}
                    'apiVersion':'stable.example.com/v1','other':1                | stable.example.com/v2 | {"apiVersion":"stable.example.com/v2","other":1}
                    'apiVersion':'stable.example.com/v2','host':'h','port':'80'   | stable.example.com/v1 | {"apiVersion":"stable.example.com/v1","hostPort":"h:80"}
                    'apiVersion':'stable.example.com/v2','host':'h'               | stable.example.com/v1 | {"apiVersion":"stable.example.com/v1","hostPort":"h:"}
                    'apiVersion':'stable.example.com/v1','hostPort':'h'           | stable.example.com/v2 | invalid hostPort value `h`
                    'apiVersion':'stable.example.com/v1'                          | stable.example.com/v1 | conversion from a version to itself should not call the webhook: stable.example.com/v1
                    'apiVersion':'stable.example.com/v1'                          | stable.example.com/v9 | unexpected conversion version "stable.example.com/v9"
                    'apiVersion':'stable.example.com/v9'                          | stable.example.com/v1 | unexpected conversion version "stable.example.com/v9"
                    """)
    void convertsAsTheOriginal(String object, String wanted, String expected) throws IOException {
        String review =
                "{'apiVersion':'apiextensions.k8s.io/v1','kind':'ConversionReview','request':{'uid':'u','desiredAPIVersion':'"
                        + wanted
                        + "','objects':[{"
                        + object
                        + "}]}}";
        HttpResponse answer =
                ConversionReviews.answer(
                        new HttpRequest(
                                "POST",
                                "/crdconvert",
                                List.of(new Header("Content-Type", "application/json")),
                                review.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                                ""));
        JsonNode response = new JsonMapper().readTree(answer.body()).path("response");
        assertThat(response.path("uid").asText()).isEqualTo("u");
        JsonNode result = response.path("result");
        assertThat(
                        result.path("status").asText().equals("Success")
                                ? response.path("convertedObjects").path(0).toString()
                                : result.path("message").asText())
                .isEqualTo(expected);
    }
}
