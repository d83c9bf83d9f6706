package dev.orrery.machinery.component;

import dev.orrery.machinery.Surroundings;

/** What a component does, once it is given its surroundings. */
public interface Core {

    /** Called once, when the informers hold the cluster's state. */
    void start();

    /** Called at most once, after the start. Nothing begins after it. */
    void stop();

    static Core of(Runnable start, Runnable stop) {
        return new Core() {
            @Override
            public void start() {
                start.run();
            }

            @Override
            public void stop() {
                stop.run();
            }
        };
    }

    /** Makes the core, which registers its informers and their handlers. */
    @FunctionalInterface
    interface Factory {

        Core create(Surroundings surroundings);
    }
}
