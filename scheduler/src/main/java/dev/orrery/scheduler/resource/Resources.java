package dev.orrery.scheduler.resource;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * Amounts by resource. CPU in thousandths, memory and storage in bytes.
 *
 * @param scalars all other resources by name, ordered so that every run names them alike; no zeros
 */
public record Resources(
        long milliCpu, long memory, long ephemeralStorage, SortedMap<String, Long> scalars) {

    public static final Resources NONE =
            new Resources(0, 0, 0, Collections.unmodifiableSortedMap(new TreeMap<>()));

    private static final String PODS = "pods";

    public Resources {
        scalars =
                scalars.isEmpty()
                        ? Collections.emptySortedMap()
                        : Collections.unmodifiableSortedMap(new TreeMap<>(scalars));
    }

    /** The number of pods is no resource here: nodes count it apart. */
    public static Resources of(Map<String, Quantity> quantities) {
        long milliCpu = 0;
        long memory = 0;
        long storage = 0;
        SortedMap<String, Long> scalars = new TreeMap<>();
        for (Map.Entry<String, Quantity> entry : quantities.entrySet()) {
            switch (entry.getKey()) {
                case "cpu" -> milliCpu = Quantities.milliValue(entry.getValue());
                case "memory" -> memory = Quantities.value(entry.getValue());
                case "ephemeral-storage" -> storage = Quantities.value(entry.getValue());
                case PODS -> {}
                default -> scalars.put(entry.getKey(), Quantities.value(entry.getValue()));
            }
        }
        scalars.values().removeIf(amount -> amount == 0);
        return new Resources(milliCpu, memory, storage, scalars);
    }

    public Resources plus(Resources other) {
        return combined(other, Long::sum);
    }

    public Resources minus(Resources other) {
        return combined(other, (a, b) -> a - b);
    }

    /** The larger of each. */
    public Resources max(Resources other) {
        return combined(other, Math::max);
    }

    public Resources withMilliCpu(long amount) {
        return new Resources(amount, memory, ephemeralStorage, scalars);
    }

    public Resources withMemory(long amount) {
        return new Resources(milliCpu, amount, ephemeralStorage, scalars);
    }

    public Resources withScalar(String name, long amount) {
        SortedMap<String, Long> changed = new TreeMap<>(scalars);
        changed.put(name, amount);
        return new Resources(milliCpu, memory, ephemeralStorage, changed);
    }

    public long scalar(String name) {
        return scalars.getOrDefault(name, 0L);
    }

    public boolean isNone() {
        return milliCpu == 0 && memory == 0 && ephemeralStorage == 0 && scalars.isEmpty();
    }

    private Resources combined(Resources other, LongBinaryOperator how) {
        return new Resources(
                how.applyAsLong(milliCpu, other.milliCpu),
                how.applyAsLong(memory, other.memory),
                how.applyAsLong(ephemeralStorage, other.ephemeralStorage),
                combinedScalars(other, how));
    }

    private SortedMap<String, Long> combinedScalars(Resources other, LongBinaryOperator how) {
        if (other.scalars.isEmpty()) {
            return scalars;
        }
        SortedMap<String, Long> result = new TreeMap<>(scalars);
        other.scalars.forEach(
                (name, amount) -> result.put(name, how.applyAsLong(scalar(name), amount)));
        result.values().removeIf(amount -> amount == 0);
        return result;
    }
}
