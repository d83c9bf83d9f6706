package dev.orrery.machinery.component;

import dev.orrery.machinery.Surroundings;
import java.util.Map;
import java.util.function.Supplier;

/** What a component does, once it is given its surroundings. */
public interface Core {

    /** Called once, when the informers hold the cluster's state. */
    void start();

    /** Called at most once, after the start. Nothing begins after it. */
    void stop();

    /** What it tells of its work, for whoever looks: numbers by names. */
    default Map<String, Double> figures() {
        return Map.of();
    }

    static Core of(Runnable start, Runnable stop) {
        return of(start, stop, Map::of);
    }

    static Core of(Runnable start, Runnable stop, Supplier<Map<String, Double>> figures) {
        return new Core() {
            @Override
            public void start() {
                start.run();
            }

            @Override
            public void stop() {
                stop.run();
            }

            @Override
            public Map<String, Double> figures() {
                return figures.get();
            }
        };
    }

    /** Makes the core, which registers its informers and their handlers. */
    @FunctionalInterface
    interface Factory {

        Core create(Surroundings surroundings);
    }
}
