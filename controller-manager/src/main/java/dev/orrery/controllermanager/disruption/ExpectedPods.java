package dev.orrery.controllermanager.disruption;

import java.util.List;

/** How many pods those who control a budget's pods want. */
sealed interface ExpectedPods {

    /**
     * @param unmanaged pods that nobody controls, and that are not counted
     */
    record Known(int count, List<String> unmanaged) implements ExpectedPods {

        public Known {
            unmanaged = List.copyOf(unmanaged);
        }
    }

    /** Some pod's controller does not say. */
    record Unknown(String reason) implements ExpectedPods {}
}
