package dev.orrery.machinery.event;

import static dev.orrery.machinery.testing.Objects.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Verb;
import dev.orrery.machinery.testing.World;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The figures are those of client-go's recorder; the fields are those of
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/.
 */
class StoreEventRecorderTest {

    private final World world = new World();
    private final EventRecorder events = world.surroundings.events();

    @Test
    void writesAnEventWithAllThatPeopleAskOf() {
        long version = world.api.put(pod("web"));
        Pod web = world.store.get(Pod.class, "default", "web");
        events.from("kubelet", "node-1")
                .event(web, "spec.containers{nginx}", "Normal", "Pulled", "Image present");
        world.settle();

        Event event = onlyEvent();
        assertThat(event.getMetadata().getName())
                .isEqualTo("web." + Long.toHexString(World.START.getEpochSecond() * 1_000_000_000));
        assertThat(event.getMetadata().getNamespace()).isEqualTo("default");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("Pod");
        assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("v1");
        assertThat(event.getInvolvedObject().getNamespace()).isEqualTo("default");
        assertThat(event.getInvolvedObject().getName()).isEqualTo("web");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-of-web");
        assertThat(event.getInvolvedObject().getResourceVersion()).isEqualTo("" + version);
        assertThat(event.getInvolvedObject().getFieldPath()).isEqualTo("spec.containers{nginx}");
        assertThat(event.getType()).isEqualTo("Normal");
        assertThat(event.getReason()).isEqualTo("Pulled");
        assertThat(event.getMessage()).isEqualTo("Image present");
        assertThat(event.getSource().getComponent()).isEqualTo("kubelet");
        assertThat(event.getSource().getHost()).isEqualTo("node-1");
        assertThat(event.getReportingComponent()).isEqualTo("kubelet");
        assertThat(event.getReportingInstance()).isEqualTo("node-1");
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(event.getCount()).isEqualTo(1);
    }

    @Test
    void anObjectOfTheClusterHasItsEventsInDefault() {
        Node node = new NodeBuilder().withNewMetadata().withName("node-1").endMetadata().build();
        events.normal(node, "NodeReady", "Node node-1 status is now: NodeReady");
        world.settle();
        assertThat(onlyEvent().getMetadata().getNamespace()).isEqualTo("default");
        assertThat(onlyEvent().getInvolvedObject().getNamespace()).isNull();
    }

    @Test
    void countsWhatHappensAgain() {
        events.warning(pod("web"), "BackOff", "Back-off restarting");
        world.pass(Duration.ofSeconds(10));
        events.warning(pod("web"), "BackOff", "Back-off restarting");
        world.pass(Duration.ofSeconds(10));
        events.warning(pod("web"), "BackOff", "Back-off restarting");
        world.settle();

        Event event = onlyEvent();
        assertThat(event.getCount()).isEqualTo(3);
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T00:00:20Z");
    }

    @Test
    void createsAnEventAnewThatExpiredMeanwhile() {
        events.warning(pod("web"), "BackOff", "Back-off restarting");
        world.settle();
        world.api.delete(Event.class, "default", onlyEvent().getMetadata().getName());
        events.warning(pod("web"), "BackOff", "Back-off restarting");
        world.settle();
        assertThat(onlyEvent().getCount()).isEqualTo(2);
    }

    @Test
    void combinesSimilarEventsFromTheTenthOn() {
        IntStream.rangeClosed(1, 12)
                .forEach(i -> events.warning(pod("web"), "Failed", "attempt " + i));
        world.settle();

        List<Event> all = world.api.list(Event.class);
        assertThat(all).hasSize(10);
        assertThat(all.getLast().getMessage())
                .isEqualTo("(combined from similar events): attempt 12");
        assertThat(all.getLast().getCount()).isEqualTo(3);
    }

    @Test
    void tellsThemApartAgainAfterTenQuietMinutes() {
        IntStream.rangeClosed(1, 10)
                .forEach(i -> events.warning(pod("web"), "Failed", "attempt " + i));
        world.pass(Duration.ofSeconds(601));
        events.warning(pod("web"), "Failed", "attempt 11");
        world.settle();
        assertThat(world.api.list(Event.class).getLast().getMessage()).isEqualTo("attempt 11");
    }

    @Test
    void aSourceTellsNoMoreThanTwentyFiveThingsOfAnObjectAndThenOneInFiveMinutes() {
        IntStream.range(0, 40).forEach(i -> events.normal(pod("web"), "Reason" + i, "text"));
        world.settle();
        assertThat(world.api.list(Event.class)).hasSize(25);

        events.normal(pod("other"), "Reason", "text");
        events.from("another-controller", "").normal(pod("web"), "Reason", "text");
        world.pass(Duration.ofSeconds(301));
        events.normal(pod("web"), "Later", "text");
        events.normal(pod("web"), "TooMuch", "text");
        world.settle();
        assertThat(world.api.list(Event.class)).hasSize(28);
    }

    @Test
    void namesDifferAlsoWhereTheTimeDoesNot() {
        events.normal(pod("web"), "One", "text");
        events.normal(pod("web"), "Two", "text");
        world.settle();
        assertThat(world.api.list(Event.class)).hasSize(2);
    }

    @Test
    void triesAgainWhileNoApiServerIsThereAndGivesUpAfterTwoMinutes() {
        world.api.failNext(3);
        events.normal(pod("web"), "One", "text");
        world.pass(Duration.ofSeconds(29));
        assertThat(world.api.list(Event.class)).isEmpty();
        world.pass(Duration.ofSeconds(1));
        assertThat(onlyEvent().getReason()).isEqualTo("One");

        world.api.failNext(12);
        events.normal(pod("web"), "Two", "text");
        world.pass(Duration.ofMinutes(5));
        events.normal(pod("web"), "Three", "text");
        world.settle();
        assertThat(world.api.list(Event.class).stream().map(Event::getReason))
                .containsExactly("One", "Three");
        assertThat(((StoreEventRecorder) events).dropped()).isEqualTo(1);
    }

    @Test
    void oneThatWasWrittenBeforeItsAnswerWasLostIsNotWrittenAgain() {
        world.api.loseNextAnswer();
        events.normal(pod("web"), "One", "text");
        world.pass(Duration.ofSeconds(10));
        assertThat(onlyEvent().getReason()).isEqualTo("One");
        assertThat(((StoreEventRecorder) events).dropped()).isZero();
    }

    @Test
    void countsInOneWriteWhatHappenedAgainMeanwhile() {
        IntStream.range(0, 5).forEach(_ -> events.warning(pod("web"), "BackOff", "text"));
        world.settle();
        assertThat(onlyEvent().getCount()).isEqualTo(5);
        assertThat(world.api.calls()).hasSize(1);
    }

    @Test
    void dropsTheOldestWhereTooManyWait() {
        IntStream.range(0, 8200).forEach(i -> events.normal(pod("web"), "Reason" + i, "text"));
        world.settle();
        assertThat(((StoreEventRecorder) events).dropped()).isEqualTo(8200 - 8192);
        assertThat(world.api.calls().stream().map(Call::verb)).containsOnly(Verb.CREATE);
    }

    private Event onlyEvent() {
        List<Event> all = world.api.list(Event.class);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
