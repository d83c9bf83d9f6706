package dev.orrery.schema.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sets of fields and {@code fieldsV1}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
class FieldSetTest {

    private static final String OWNED =
            """
            {"f:metadata":{"f:labels":{".":{},"f:app":{}}},
             "f:spec":{"f:ports":{"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:port":{}}},
                       "f:finalizers":{"v:\\"a\\"":{}}}}
            """;

    @Test
    void readsAndWritesFieldsV1() throws Exception {
        FieldSet set = FieldSet.ofJson(json(OWNED));
        assertThat(set.toJson()).isEqualTo(json(OWNED));
        assertThat(FieldSet.ofJson(json("{}")).isEmpty()).isTrue();
    }

    @Test
    void namesPathsAsMessagesDo() throws Exception {
        assertThat(FieldSet.ofJson(json(OWNED)).paths())
                .containsExactly(
                        ".metadata.labels",
                        ".metadata.labels.app",
                        ".spec.finalizers[=\"a\"]",
                        ".spec.ports[port=80,protocol=\"TCP\"]",
                        ".spec.ports[port=80,protocol=\"TCP\"].port");
    }

    @Test
    void writesOneElementInOneWay() throws Exception {
        FieldSet set =
                FieldSet.ofJson(
                        json("{\"k:{\\\"protocol\\\": \\\"TCP\\\", \\\"port\\\": 80}\":{}}"));
        assertThat(set).hasToString("{\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{}}");
    }

    @Test
    void ordersNumbersByWhatTheyAreWorth() throws Exception {
        String set =
                "{\"k:{\\\"p\\\":80}\":{},\"k:{\\\"p\\\":443}\":{},\"f:z\":{},\"v:9\":{},\"v:10\":{}}";
        assertThat(FieldSet.ofJson(json(set)).paths())
                .containsExactly(".z", "[p=80]", "[p=443]", "[=9]", "[=10]");
    }

    @Test
    void refusesWhatIsNoFieldsV1() {
        for (String text : List.of("{\"x:a\":{}}", "{\"f\":{}}", "{\"f:a\":1}", "{\"v:{\":{}}")) {
            assertThatThrownBy(() -> FieldSet.ofJson(json(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void joinsAndParts() {
        FieldSet ab = FieldSet.ofFields("a", "b.c");
        FieldSet bd = FieldSet.ofFields("b.c", "d");
        assertThat(ab.union(bd)).isEqualTo(FieldSet.ofFields("a", "b.c", "d"));
        assertThat(ab.intersection(bd)).isEqualTo(FieldSet.ofFields("b.c"));
        assertThat(ab.difference(bd)).isEqualTo(FieldSet.ofFields("a"));
        assertThat(ab.withoutAll(FieldSet.ofFields("b"))).isEqualTo(FieldSet.ofFields("a"));
        assertThat(ab.difference(FieldSet.ofFields("b"))).isEqualTo(ab);
        assertThat(ab.difference(ab).isEmpty()).isTrue();
    }

    @Test
    void looksIntoWhatIsWritten() {
        JsonNode written = FieldSet.ofFields("a", "b.c").toJson();
        assertThat(FieldSet.ofFields("b.c").isWithin(written)).isTrue();
        assertThat(FieldSet.ofFields("b").isWithin(written)).isFalse();
        assertThat(FieldSet.ofFields("b").meets(written)).isFalse();
        assertThat(FieldSet.ofFields("b.c", "x").meets(written)).isTrue();
        assertThat(FieldSet.ofFields("b.c", "x").isWithin(written)).isFalse();
        assertThat(FieldSet.EMPTY.isWithin(written)).isTrue();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }
}
