package dev.orrery.acceptance.fault;

import java.util.Arrays;
import java.util.List;

/**
 * {@code ./orrery bench --faults}: does to clusters what breaks clusters, and prints what came of
 * it.
 */
public final class FaultTable {

    private static final String ROW = "%-62s %8s %5s %9s  %s%n";

    private FaultTable() {}

    /**
     * @param names of faults; all where none is named
     * @return whether all went well
     */
    public static boolean print(List<String> names) {
        List<Fault> faults =
                names.isEmpty()
                        ? Arrays.asList(Fault.values())
                        : names.stream().map(Fault::named).toList();
        System.out.printf(ROW, "FAULT", "WRITES", "LOST", "HEALED", "SEEN");
        boolean good = true;
        for (Fault fault : faults) {
            good &= row(fault);
        }
        return good;
    }

    private static boolean row(Fault fault) {
        try {
            Outcome outcome = fault.run();
            System.out.printf(
                    ROW,
                    fault.title(),
                    outcome.acknowledged(),
                    outcome.lost(),
                    "%.1f s".formatted(outcome.healed().toMillis() / 1000.0),
                    outcome.violations().isEmpty()
                            ? outcome.remark()
                            : "WRONG: " + String.join("; ", outcome.violations()));
            return outcome.isGood();
        } catch (IllegalStateException e) {
            System.out.printf(ROW, fault.title(), "-", "-", "never", e.getMessage());
            return false;
        }
    }
}
