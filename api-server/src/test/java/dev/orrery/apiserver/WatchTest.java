package dev.orrery.apiserver;

import static dev.orrery.apiserver.TestServer.MERGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.TestServer.Watching;
import dev.orrery.apiserver.store.StoreLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Watches.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">
 *     efficient detection of changes</a>
 */
class WatchTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String WATCH = MAPS + "?watch=true";

    private final TestServer server = new TestServer();

    @Test
    void beginsWithWhatIsThereWhereNoVersionIsNamed() {
        create("a", "");
        Watching watching = server.watch(WATCH);
        assertThat(watching.summary()).containsExactly("ADDED a");
        create("b", "");
        server.patch(MAPS + "/b", MERGE, "{\"data\":{\"k\":\"2\"}}");
        server.delete(MAPS + "/b", "");
        assertThat(watching.summary()).containsExactly("ADDED b", "MODIFIED b", "DELETED b");
    }

    @Test
    void goesOnFromAVersion() {
        create("a", "");
        String version = server.get(MAPS).version();
        create("b", "");
        server.delete(MAPS + "/a", "");
        assertThat(server.watch(WATCH + "&resourceVersion=" + version).summary())
                .containsExactly("ADDED b", "DELETED a");
        assertThat(server.watch(WATCH + "&resourceVersion=0").summary()).containsExactly("ADDED b");
    }

    @Test
    void tellsVersionsThatGrow() {
        Watching watching = server.watch(WATCH);
        create("a", "");
        server.patch(MAPS + "/a", MERGE, "{\"data\":{\"k\":\"2\"}}");
        server.delete(MAPS + "/a", "");
        List<Long> versions =
                watching.events().stream()
                        .map(event -> event.at("/object/metadata/resourceVersion").asLong())
                        .toList();
        assertThat(versions).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsOfObjectsThatComeIntoSelectionAndLeaveIt() {
        Watching watching = server.watch(WATCH + "&labelSelector=on=yes");
        create("a", "\"on\":\"no\"");
        label("a", "yes");
        label("a", "yes");
        server.patch(MAPS + "/a", MERGE, "{\"data\":{\"k\":\"2\"}}");
        label("a", "no");
        server.patch(MAPS + "/a", MERGE, "{\"data\":{\"k\":\"3\"}}");
        server.delete(MAPS + "/a", "");
        List<JsonNode> events = watching.events();
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .containsExactly("ADDED", "MODIFIED", "DELETED");
        assertThat(events.getLast().at("/object/metadata/labels/on").asText()).isEqualTo("yes");
    }

    @Test
    void watchesOneName() {
        Watching watching = server.watch(WATCH + "&fieldSelector=metadata.name=a");
        create("a", "");
        create("b", "");
        assertThat(watching.summary()).containsExactly("ADDED a");
    }

    @Test
    void streamsAListWithABookmarkAtItsEnd() {
        create("a", "");
        Watching watching =
                server.watch(
                        WATCH
                                + "&sendInitialEvents=true&allowWatchBookmarks=true"
                                + "&resourceVersionMatch=NotOlderThan");
        List<JsonNode> events = watching.events();
        assertThat(events).hasSize(2);
        assertThat(events.getLast().path("type").asText()).isEqualTo("BOOKMARK");
        assertThat(
                        events.getLast()
                                .at("/object/metadata/annotations/k8s.io~1initial-events-end")
                                .asText())
                .isEqualTo("true");
        create("b", "");
        assertThat(watching.summary()).containsExactly("ADDED b");
    }

    @Test
    void bookmarksNowAndThen() {
        Watching watching = server.watch(WATCH + "&allowWatchBookmarks=true");
        server.clock.advance(Duration.ofMinutes(2));
        assertThat(watching.summary()).isNotEmpty().allMatch(line -> line.equals("BOOKMARK "));
        Watching plain = server.watch(WATCH);
        server.clock.advance(Duration.ofMinutes(2));
        assertThat(plain.summary()).isEmpty();
    }

    @Test
    void endsInTime() {
        Watching watching = server.watch(WATCH + "&timeoutSeconds=5");
        create("a", "");
        server.clock.advance(Duration.ofSeconds(6));
        assertThat(watching.summary()).containsExactly("ADDED a");
        assertThat(watching.hasEnded()).isTrue();
    }

    @Test
    void saysSoWhereItsVersionIsTooOld() {
        TestServer forgetful = new TestServer(StoreLimits.REGISTRY.withWindow(4, 1 << 20));
        String version = forgetful.get(MAPS).version();
        for (int i = 0; i < 10; i++) {
            forgetful.post(MAPS, "{\"metadata\":{\"name\":\"m" + i + "\"}}");
        }
        Watching watching = forgetful.watch(WATCH + "&resourceVersion=" + version);
        JsonNode error = watching.events().getFirst();
        assertThat(error.path("type").asText()).isEqualTo("ERROR");
        assertThat(error.at("/object/code").asInt()).isEqualTo(410);
        assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
        assertThat(error.at("/object/message").asText()).startsWith("too old resource version: ");
        assertThat(watching.hasEnded()).isTrue();
    }

    @Test
    void cutsOffAClientThatDoesNotRead() {
        Watching watching = server.watch(WATCH);
        server.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        for (int i = 0; i < 20_001; i++) {
            server.patch(MAPS + "/a", MERGE, "{\"data\":{\"k\":\"" + i + "\"}}");
        }
        assertThat(watching.events()).isEmpty();
        assertThat(watching.hasEnded()).isTrue();
    }

    @Test
    void showsRowsWithTheirColumnsOnce() {
        Watching watching = server.watch(WATCH, "application/json;as=Table;v=v1;g=meta.k8s.io");
        create("a", "");
        create("b", "");
        List<JsonNode> events = watching.events();
        assertThat(events.getFirst().at("/object/columnDefinitions")).isNotEmpty();
        assertThat(events.getLast().at("/object/columnDefinitions")).isEmpty();
        assertThat(events.getLast().at("/object/rows/0/cells/0").asText()).isEqualTo("b");
    }

    private void create(String name, String labels) {
        server.post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}}}");
    }

    private void label(String name, String value) {
        server.patch(
                MAPS + "/" + name, MERGE, "{\"metadata\":{\"labels\":{\"on\":\"" + value + "\"}}}");
    }
}
