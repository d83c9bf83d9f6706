package dev.orrery.controllermanager.tainteviction;

import dev.orrery.machinery.selector.Tolerations;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a pod may stay on a node with these taints. Pure. */
sealed interface Stay {

    /** As far as NoExecute taints go. */
    record Forever() implements Stay {}

    record Until(Instant end) implements Stay {}

    record Over() implements Stay {}

    /**
     * Every NoExecute taint must be tolerated; the first toleration that fits it counts, and the
     * shortest of these times. Taints seen at 12:00:00, tolerated for 300 s and for 60 s: until
     * 12:01:00.
     *
     * @param since when the taints were first seen together with the pod
     */
    static Stay of(List<Taint> taints, List<Toleration> tolerations, Instant since, Instant now) {
        @Nullable Long shortest = null;
        for (Taint taint : taints) {
            if (!Tolerations.NO_EXECUTE.equals(taint.getEffect())) {
                continue;
            }
            Optional<Toleration> fit =
                    tolerations.stream()
                            .filter(each -> Tolerations.tolerates(each, taint))
                            .findFirst();
            if (fit.isEmpty()) {
                return new Over();
            }
            Long seconds = fit.get().getTolerationSeconds();
            if (seconds != null && (shortest == null || seconds < shortest)) {
                shortest = Math.max(0, seconds);
            }
        }
        if (shortest == null) {
            return new Forever();
        }
        Instant end = since.plusSeconds(shortest);
        return end.isAfter(now) ? new Until(end) : new Over();
    }
}
