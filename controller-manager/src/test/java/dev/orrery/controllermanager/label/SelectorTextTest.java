package dev.orrery.controllermanager.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api */
class SelectorTextTest {

    /** Of an object with app=web and tier=front. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | true",
                "app=web,tier=front | true",
                "app=web,tier=back | false",
                "tier in (back,front) | true",
                "tier in (back,middle),app=web | false",
                "app=web,tier notin (back) | true",
                "app,!old | true",
                "!app | false",
            })
    void selects(String text, boolean expected) {
        assertThat(SelectorText.parse(text).matches(Map.of("app", "web", "tier", "front")))
                .isEqualTo(expected);
    }
}
