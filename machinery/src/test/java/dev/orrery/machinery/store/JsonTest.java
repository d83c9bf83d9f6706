package dev.orrery.machinery.store;

import static dev.orrery.machinery.testing.Objects.pod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void equalTextsAreReadAsOneString() {
        Pod one = Json.read(Json.write(pod("one", "a-node-of-both")), Pod.class);
        Pod other = Json.read(Json.write(pod("other", "a-node-of-both")), Pod.class);
        assertThat(one.getSpec().getNodeName()).isSameAs(other.getSpec().getNodeName());
    }

    @Test
    void fieldsThatTheModelDoesNotKnowAreKept() {
        String json = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"future\":{\"a\":[1]}}}";
        Pod pod = Json.read(json.getBytes(UTF_8), Pod.class);
        assertThat(Json.write(pod)).asString(UTF_8).contains("\"future\":{\"a\":[1]}");
    }

    @Test
    void nullsAndEmptyTextsAreToldApart() {
        String json = "{\"metadata\":{\"labels\":{\"a\":\"\"},\"name\":null}}";
        Pod pod = Json.read(json.getBytes(UTF_8), Pod.class);
        assertThat(pod.getMetadata().getLabels()).containsEntry("a", "");
        assertThat(pod.getMetadata().getName()).isNull();
    }

    @Test
    void whoOwnsFieldsIsLeftBehind() {
        String json =
                "{\"metadata\":{\"managedFields\":[{\"manager\":\"a\",\"fieldsV1\":{\"f:x\":{}}}],"
                        + "\"name\":\"p\"}}";
        Pod pod = Json.read(json.getBytes(UTF_8), Pod.class);
        assertThat(pod.getMetadata().getName()).isEqualTo("p");
        assertThat(Json.write(pod)).asString(UTF_8).doesNotContain("managedFields");
    }
}
