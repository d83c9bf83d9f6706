package dev.orrery.kubelet.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleApiTest {

    private static final String ROOT = "/apis/wardle.example.com/v1alpha1";
    private static final String FLUNDERS = ROOT + "/namespaces/default/flunders";

    private final SampleApi api = new SampleApi(new Random(1));

    private record Reply(int code, JsonNode body) {

        List<String> names() {
            List<String> names = new ArrayList<>();
            body.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
            return names;
        }
    }

    private Reply ask(String method, String path, String body) {
        return ask(
                method,
                path,
                body,
                List.of(
                        new Header("X-Remote-User", "admin"),
                        new Header("Content-Type", "application/merge-patch+json")));
    }

    private Reply ask(String method, String path, String body, List<Header> headers) {
        HttpResponse response =
                api.answer(
                        new HttpRequest(
                                method,
                                path,
                                headers,
                                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                                ""),
                        Instant.parse("2026-01-01T00:00:00Z"));
        try {
            return new Reply(response.status(), new JsonMapper().readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String flunder(String name) {
        return "{'kind':'Flunder','apiVersion':'wardle.example.com/v1alpha1','metadata':{'name':'"
                + name
                + "','labels':{'a':'"
                + name
                + "'}}}";
    }

    @Test
    void keepsFlunders() {
        Reply made = ask("POST", FLUNDERS, flunder("one"));
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.body().at("/metadata/creationTimestamp").asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(ask("POST", FLUNDERS, flunder("one")).code()).isEqualTo(409);
        ask("POST", FLUNDERS, flunder("two"));
        assertThat(ask("GET", FLUNDERS, "").names()).containsExactly("one", "two");
        assertThat(ask("GET", FLUNDERS + "?labelSelector=a%3Dtwo", "").names())
                .containsExactly("two");
        Reply patched = ask("PATCH", FLUNDERS + "/one", "{'spec':{'reference':'x'}}");
        assertThat(patched.body().at("/spec/reference").asText()).isEqualTo("x");
        assertThat(ask("PUT", FLUNDERS + "/one", made.body().toString()).code())
                .as("made of an older version")
                .isEqualTo(409);
        assertThat(ask("DELETE", FLUNDERS + "/one", "").body().path("status").asText())
                .isEqualTo("Success");
        assertThat(ask("GET", FLUNDERS + "/one", "").body().path("message").asText())
                .isEqualTo("flunders.wardle.example.com \"one\" not found");
        assertThat(ask("DELETE", FLUNDERS, "").names()).containsExactly("two");
        assertThat(ask("GET", ROOT + "/flunders", "").names()).isEmpty();
    }

    @Test
    void aFischerForbidsFlunders() {
        ask("POST", ROOT + "/fischers", "{'metadata':{'name':'f'},'disallowedFlunders':['no']}");
        Reply refused = ask("POST", FLUNDERS, flunder("no"));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.body().path("message").asText())
                .contains("this name may not be used, please change the resource name");
    }

    @Test
    void tellsOfItselfToThoseWhoSayWhoAsks() {
        assertThat(ask("GET", ROOT, "").body().path("resources").findValuesAsText("name"))
                .containsExactly("fischers", "flunders");
        assertThat(ask("GET", "/apis/wardle.example.com", "").code()).isEqualTo(200);
        assertThat(ask("GET", ROOT + "/nothing", "").code()).isEqualTo(404);
        assertThat(ask("GET", FLUNDERS + "?watch=true", "").code()).isEqualTo(405);
        assertThat(ask("GET", ROOT, "", List.of()).code()).isEqualTo(401);
    }
}
