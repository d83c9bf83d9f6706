package dev.orrery.apiserver.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1", "1web", "0-0"})
    void takesLabels(String name) {
        assertThat(Names.dnsLabel(name)).isEmpty();
        assertThat(Names.dnsSubdomain(name + "." + name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "Web", "a_b", "a..b"})
    void saysWhatALabelIs(String name) {
        assertThat(Names.dnsLabel(name))
                .containsExactly(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric"
                                + " characters or '-', and must start and end with an alphanumeric"
                                + " character (e.g. 'my-name',  or '123-abc', regex used for validation"
                                + " is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
    }

    @Test
    void saysWhatASubdomainIs() {
        assertThat(Names.dnsSubdomain("Sample_Pod"))
                .containsExactly(
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                                + " characters, '-' or '.', and must start and end with an alphanumeric"
                                + " character (e.g. 'example.com', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    @Test
    void takesNoDotsInLabels() {
        assertThat(Names.dnsLabel("a.b")).containsExactly("must not contain dots");
    }

    @Test
    void countsCharacters() {
        assertThat(Names.dnsLabel("a".repeat(64)))
                .containsExactly("must be no more than 63 characters");
        assertThat(Names.dnsSubdomain("a".repeat(254)))
                .containsExactly("must be no more than 253 characters");
        assertThat(Labels.valueFaults("a".repeat(64)))
                .containsExactly("must be no more than 63 bytes");
    }

    @Test
    void servicesBeginWithALetter() {
        assertThat(Names.dns1035Label("1web"))
                .containsExactly(
                        "a DNS-1035 label must consist of lower case alphanumeric characters or"
                                + " '-', start with an alphabetic character, and end with an"
                                + " alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used"
                                + " for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    }

    @Test
    void labelKeysHaveAPrefixAndAName() {
        assertThat(Labels.keyFaults("app.kubernetes.io/name")).isEmpty();
        assertThat(Labels.keyFaults("/name")).containsExactly("prefix part must be non-empty");
        assertThat(Labels.keyFaults("a/b/c"))
                .containsExactly(
                        "a valid label key must consist of alphanumeric characters, '-', '_' or"
                                + " '.', and must start and end with an alphanumeric character (e.g."
                                + " 'MyName',  or 'my.name',  or '123-abc', regex used for validation"
                                + " is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional"
                                + " DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }

    @Test
    void portNamesAreShort() {
        assertThat(Names.portName("http")).isEmpty();
        assertThat(Names.portName("-8080--9090-more"))
                .isEqualTo(
                        List.of(
                                "must be no more than 15 characters",
                                "must not contain consecutive hyphens",
                                "must not begin or end with a hyphen"));
    }
}
