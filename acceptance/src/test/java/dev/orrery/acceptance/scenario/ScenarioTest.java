package dev.orrery.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {

    @Test
    void readsCommandsAndWhatTheyMustPrint() {
        List<Step> steps =
                Scenario.parse(
                        """
                        # a comment
                        $ kubectl create -f - <<END
                        a: b
                        END
                        ----
                        created

                        ~ kubectl get x
                        ---- 1
                        not found
                        """
                                .lines()
                                .toList());

        assertThat(steps).hasSize(2);
        assertThat(steps.get(0).command()).isEqualTo("kubectl create -f - <<END\na: b\nEND");
        assertThat(steps.get(0).eventually()).isFalse();
        assertThat(steps.get(1).eventually()).isTrue();
        assertThat(steps.get(1).exit()).isEqualTo(1);
        assertThat(steps.get(1).line()).isEqualTo(8);
    }

    @Test
    void refusesWhatIsNeitherCommandNorComment() {
        assertThatThrownBy(() -> Scenario.parse(List.of("kubectl get pods")))
                .hasMessageContaining("line 1 is no command");
        assertThatThrownBy(() -> Scenario.parse(List.of("$ kubectl get pods", "created")))
                .hasMessageContaining("no ---- follows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web 1/1 <age>      | web   1/1   5s             | true
                    web 1/1 <age>      | web 1/1                    | false
                    web 1/1 <age>      | web 1/1 5s extra           | false
                    a.c                | abc                        | false
                    pod/<name> created | pod/web-5d created         | true
                    Events: <...>      | Events: a b c              | true
                    """)
    void matchesWordsAndRestsOfLines(String pattern, String output, boolean matches) {
        assertThat(new Pattern(List.of(pattern)).matches(output + "\n")).isEqualTo(matches);
    }

    @Test
    void threeDotsStandForAnyNumberOfLines() {
        Pattern pattern = new Pattern(List.of("first", "...", "last"));

        assertThat(pattern.matches("first\nlast\n")).isTrue();
        assertThat(pattern.matches("first\n\nx y\nlast\n")).isTrue();
        assertThat(pattern.matches("first\nx\n")).isFalse();
        assertThat(new Pattern(List.of()).matches("")).isTrue();
        assertThat(new Pattern(List.of()).matches("x\n")).isFalse();
    }
}
