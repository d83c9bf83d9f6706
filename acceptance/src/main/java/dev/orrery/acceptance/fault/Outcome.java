package dev.orrery.acceptance.fault;

import java.time.Duration;
import java.util.List;

/**
 * What a fault did.
 *
 * @param acknowledged writes that were answered with success
 * @param lost of these, the ones that are not there
 * @param healed how long until everything worked again
 * @param violations what must not be, in sentences; empty where all is well
 * @param remark what else was seen
 */
public record Outcome(
        int acknowledged, int lost, Duration healed, List<String> violations, String remark) {

    public Outcome {
        violations = List.copyOf(violations);
    }

    public boolean isGood() {
        return lost == 0 && violations.isEmpty();
    }
}
