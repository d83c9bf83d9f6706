package dev.orrery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML bodies become what kubectl makes of them before it sends JSON. */
class YamlTest {

    private static PlainJson read(String yaml) throws DecodeException {
        return PlainJson.readYaml(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String failure(String yaml) {
        return String.valueOf(
                catchThrowableOfType(DecodeException.class, () -> read(yaml)).getMessage());
    }

    @Test
    void decodesAnObjectByItsSchema() throws DecodeException {
        String yaml =
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  creationTimestamp: null
                spec:
                  containers:
                  - name: c
                    image: nginx
                    command: ["sh", "-c"]
                    args:
                    - |
                      echo hello
                    unknown: 1
                    name: d
                """;
        StructType pod = requireNonNull(Schemas.kubernetes().kind("", "v1", "Pod"));
        Decoded decoded =
                Decoder.decode(yaml.getBytes(StandardCharsets.UTF_8), BodyFormat.YAML, pod);
        assertThat(decoded.object().at("/spec/containers/0").toString())
                .isEqualTo(
                        "{\"name\":\"d\",\"image\":\"nginx\",\"command\":[\"sh\",\"-c\"],"
                                + "\"args\":[\"echo hello\\n\"]}");
        assertThat(decoded.findings())
                .containsExactly(
                        "yaml: unmarshal errors:\n  line 15: key \"name\" already set in map",
                        "unknown field \"spec.containers[0].unknown\"");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a | \"a\"",
                "'1' | \"1\"",
                "1 | 1",
                "-5 | -5",
                "0755 | 493",
                "0x1f | 31",
                "1_000 | 1000",
                "1.5 | 1.5",
                "12:30:45 | \"12:30:45\"",
                "yes | true",
                "off | false",
                "~ | null",
                "2020-01-01 | \"2020-01-01\"",
                "[a, {b: c}] | [\"a\",{\"b\":\"c\"}]",
                "{1: a, true: b} | {\"1\":\"a\",\"true\":\"b\"}",
                "{x: &a {b: 1}, y: *a} | {\"x\":{\"b\":1},\"y\":{\"b\":1}}",
                "{x: &a {b: 1, c: 2}, y: {<<: *a, c: 3}} | {\"x\":{\"b\":1,\"c\":2},\"y\":{\"c\":3,\"b\":1}}",
                "{\"a\": [1, null]} | {\"a\":[1,null]}",
            })
    void readsWordsAsYaml11(String yaml, String json) throws Exception {
        assertThat(read(yaml).value()).isEqualTo(new ObjectMapper().readTree(json));
    }

    @Test
    void refusesWhatIsNotWellFormed() {
        assertThat(failure("a: b: c"))
                .isEqualTo("yaml: line 1: mapping values are not allowed in this context");
        assertThat(failure("a:\n\t- b"))
                .isEqualTo("yaml: line 2: found character that cannot start any token");
        assertThat(failure("a: 1\n---\nb: 2"))
                .isEqualTo("yaml: a body is one document, and this has several");
        assertThat(failure("a: *x")).contains("undefined alias x");
        assertThat(failure("a: &x [*x]")).isEqualTo("yaml: anchor 'x' value contains itself");
    }

    @Test
    void refusesAliasesThatStandForTooMuch() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ", ").repeat(5)).append("x]\n");
        }
        assertThat(failure(yaml.toString()))
                .isEqualTo("yaml: document contains excessive aliasing");
    }
}
