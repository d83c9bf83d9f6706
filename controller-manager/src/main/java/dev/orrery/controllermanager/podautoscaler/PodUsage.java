package dev.orrery.controllermanager.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a pod uses, in thousandths.
 *
 * @param time the end of the window that it was measured over
 * @param containers by name; of each, amounts by resource
 */
public record PodUsage(
        String pod, Instant time, Duration window, Map<String, Map<String, Long>> containers) {

    public PodUsage {
        containers = Map.copyOf(containers);
    }
}
