package dev.orrery.apiserver.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyLinksTest {

    private static final String PREFIX = "/api/v1/namespaces/default/pods/web/proxy";

    private final ProxyLinks links = new ProxyLinks(PREFIX, "10.244.0.2:80", "localhost:8001");

    @ParameterizedTest
    @CsvSource({
        "/a?b=c#d, " + PREFIX + "/a?b=c#d",
        "http://10.244.0.2:80/a, " + PREFIX + "/a",
        "http://localhost:8001/a, http://localhost:8001" + PREFIX + "/a",
        "http://example.com/a, http://example.com/a",
        "a/b, a/b",
        "?q, ?q",
        PREFIX + "/a, " + PREFIX + "/a",
        "mailto:a@b, mailto:a@b",
        "':::', ':::'"
    })
    void leadThroughTheProxyAgainWhereTheyLedToTheServersRoot(String link, String expected) {
        assertThat(links.rewritten(link)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <a href="/x">t</a>|<a href="P/x">t</a>
                    <IMG alt='/x' SRC='/y'/>|<IMG alt='/x' SRC='P/y'/>
                    <script src=/s></script>|<script src=P/s></script>
                    <p href="/x">/x</p>|<p href="/x">/x</p>
                    <!-- <a href="/x"> -->|<!-- <a href="/x"> -->
                    <a href="b">|<a href="b">
                    1 < 2 <a|1 < 2 <a
                    """)
    void areFoundInAPageWhereTheyMayStand(String page, String expected) {
        assertThat(links.rewrittenPage(page)).isEqualTo(expected.replace("P/", PREFIX + "/"));
    }
}
