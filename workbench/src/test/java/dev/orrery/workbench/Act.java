package dev.orrery.workbench;

/**
 * Something that happens to the cluster in the course of a history.
 *
 * @param steps that the cluster takes before
 * @param what {@code scale}, {@code restart kubelet}
 * @param number that goes with it: how many, which one
 */
record Act(int steps, String what, int number) {

    @Override
    public String toString() {
        return what.contains(" ") ? what : what + " " + number;
    }
}
