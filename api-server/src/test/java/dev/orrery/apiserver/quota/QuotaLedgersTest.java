package dev.orrery.apiserver.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.rules.Given;
import dev.orrery.apiserver.store.States;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.resource.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
class QuotaLedgersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final SortedMap<ObjectKey, Stored> objects =
            new TreeMap<>(Comparator.comparing(ObjectKey::toString));
    private final QuotaLedgers ledgers = new QuotaLedgers();
    private long version;

    @Test
    void countsWhatIsThereWhenTheQuotaComesAndWhatComesAndGoesLater() {
        put("configmaps", "a", "{}");
        put("resourcequotas", "few", "{spec: {hard: {configmaps: '2'}}}");
        assertThat(take("configmaps", "b", "configmaps")).isEqualTo("free");
        put("configmaps", "b", "{}");
        assertThat(take("configmaps", "c", "configmaps")).isEqualTo("configmaps=2");
        delete("configmaps", "a");
        assertThat(take("configmaps", "c", "configmaps")).isEqualTo("free");
    }

    @Test
    void keepsRoomForWhatIsOnItsWay() {
        put("resourcequotas", "few", "{spec: {hard: {configmaps: '1'}}}");
        assertThat(take("configmaps", "a", "configmaps")).isEqualTo("free");
        assertThat(take("configmaps", "b", "configmaps")).isEqualTo("configmaps=1");
        assertThat(take("configmaps", "a", "configmaps")).as("again").isEqualTo("free");
        assertThat(take("configmaps", "b", "configmaps", NOW.plus(Duration.ofSeconds(11))))
                .as("the other failed")
                .isEqualTo("free");
    }

    @Test
    void countsAnewWhenTheQuotaSaysSomethingElse() {
        put("resourcequotas", "few", "{spec: {hard: {configmaps: '1'}}}");
        put("secrets", "a", "{}");
        put("resourcequotas", "few", "{spec: {hard: {secrets: '1'}}}");
        assertThat(take("secrets", "b", "secrets")).isEqualTo("secrets=1");
        delete("resourcequotas", "few");
        assertThat(ledgers.of("ns")).isEmpty();
    }

    @Test
    void aPodTakesNothingWhenItsTimeIsOver() {
        put("resourcequotas", "few", "{spec: {hard: {pods: '1'}}}");
        put(
                "pods",
                "a",
                "{metadata: {deletionTimestamp: '2026-03-01T00:00:00Z',"
                        + " deletionGracePeriodSeconds: 30}}");
        assertThat(take("pods", "b", "pods")).isEqualTo("pods=1");
        assertThat(take("pods", "b", "pods", NOW.plusSeconds(31))).isEqualTo("free");
        delete("pods", "a");
        assertThat(take("pods", "b", "pods")).isEqualTo("free");
    }

    /** However the objects came about, the sums are those of a count. */
    @Test
    void addsUpToACount() {
        put("resourcequotas", "some", "{spec: {hard: {pods: '0', 'requests.memory': '0'}}}");
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            String name = "p" + random.nextInt(20);
            if (random.nextInt(3) == 0) {
                delete("pods", name);
            } else {
                put("pods", name, pod(random.nextInt(1, 2000)));
            }
        }
        QuotaLedgers counted = new QuotaLedgers();
        counted.restart(States.of(objects.values().stream().toList()));
        String expected = used(counted, "pods") + " " + used(counted, "requests.memory");
        assertThat(used(ledgers, "pods") + " " + used(ledgers, "requests.memory"))
                .isEqualTo(expected);
    }

    private static String pod(int mebibytes) {
        return "{spec: {containers: [{name: 'a', resources: {requests: {memory: '"
                + mebibytes
                + "Mi'}}}]}}";
    }

    private String take(String resource, String name, String what) {
        return take(resource, name, what, NOW);
    }

    private String take(String resource, String name, String what, Instant now) {
        Map<String, Map<String, Quantity>> demand = Map.of("few", Map.of(what, one()));
        Excess excess = ledgers.take(key(resource, name), demand, now, true);
        return excess == null ? "free" : what + "=" + excess.used().get(what);
    }

    private static String used(QuotaLedgers ledgers, String what) {
        Map<String, Map<String, Quantity>> demand = Map.of("some", Map.of(what, one()));
        Excess excess = ledgers.take(key("pods", "x"), demand, NOW, false);
        return Objects.requireNonNull(excess).used().getOrDefault(what, Quantity.ZERO).toString();
    }

    private static Quantity one() {
        return Objects.requireNonNull(Quantity.parse("1"));
    }

    private static ObjectKey key(String resource, String name) {
        return new ObjectKey(new GroupResource("", resource), "ns", name);
    }

    private void put(String resource, String name, String json) {
        ObjectKey key = key(resource, name);
        Stored after = new Stored(key, ++version, Trees.write(Given.object(json)));
        change(objects.put(key, after), after);
    }

    private void delete(String resource, String name) {
        Stored before = objects.remove(key(resource, name));
        if (before != null) {
            change(before, null);
        }
    }

    private void change(@Nullable Stored before, @Nullable Stored after) {
        ledgers.changed(States.of(objects.values().stream().toList()), before, after);
    }
}
