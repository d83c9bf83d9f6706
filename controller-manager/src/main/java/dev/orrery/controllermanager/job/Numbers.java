package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.Pods;

/** How many of a job's pods are what, at one moment. */
record Numbers(int active, int ready, int terminating) {

    static Numbers of(Situation situation) {
        return new Numbers(
                situation.active().size(),
                (int) situation.active().stream().filter(Pods::isReady).count(),
                situation.terminating().size());
    }

    Numbers created(int count) {
        return new Numbers(active + count, ready, terminating);
    }

    Numbers deleted(int count, int ofThemReady) {
        return new Numbers(active - count, ready - ofThemReady, terminating + count);
    }
}
