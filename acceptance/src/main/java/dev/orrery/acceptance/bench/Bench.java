package dev.orrery.acceptance.bench;

import dev.orrery.acceptance.Api;
import dev.orrery.acceptance.RunningCluster;
import dev.orrery.acceptance.fault.FaultTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures a cluster of its own, prints a table, and judges nothing: machines differ, and the same
 * one differs between days. Compare figures of one run with each other.
 */
public final class Bench {

    private static final int NODES = 100;
    private static final int REPLICAS = 1000;
    private static final int LISTED = 10_000;
    private static final int DEPLOYMENTS = 100;
    private static final int EACH = 10;
    private static final int AT_A_TIME = 100;

    private Bench() {}

    /** The parts of the table, each of which can be measured alone. */
    private enum Part {
        WRITES,
        WATCHES,
        LISTS,
        ROLLOUTS,
        CONTROLLERS;

        void measure(Api api, RunningCluster cluster) throws Exception {
            switch (this) {
                case WRITES -> writes(api);
                case WATCHES -> watches(api);
                case LISTS -> lists(api);
                case ROLLOUTS -> rollouts(api);
                case CONTROLLERS -> controllers(api, cluster);
            }
        }

        static List<Part> named(String[] names) {
            return names.length == 0
                    ? List.of(values())
                    : Arrays.stream(names).map(Part::named).toList();
        }

        private static Part named(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("bench has no part '%s'".formatted(name)));
        }
    }

    /**
     * @param args {@code --faults} and names of faults, or the parts to measure (writes, watches,
     *     lists, rollouts, controllers); without any, all
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("--faults")) {
            System.exit(FaultTable.print(List.of(args).subList(1, args.length)) ? 0 : 1);
        }
        try {
            measure(Part.named(args));
        } catch (IllegalArgumentException unknown) {
            System.err.println("orrery: " + unknown.getMessage());
            System.exit(1);
        }
    }

    private static void measure(List<Part> parts) throws Exception {
        System.out.printf("Starting a cluster with %d nodes...%n%n", NODES);
        try (RunningCluster cluster = RunningCluster.start("--nodes " + NODES);
                Api api = new Api(cluster)) {
            print("idle", "\n" + cluster.orrery("status"));
            new Writes(api, 3000).measure(16);
            for (Part part : parts) {
                part.measure(api, cluster);
            }
            print("after all of it", "\n" + cluster.orrery("status"));
        }
    }

    private static void writes(Api api) throws Exception {
        print("object writes, 1 client", new Writes(api, 2000).measure(1));
        print("object writes, 16 clients", new Writes(api, 10_000).measure(16));
        print("object writes, 64 clients", new Writes(api, 20_000).measure(64));
    }

    private static void watches(Api api) throws Exception {
        print("write to watch event, 1 watcher", new WatchDelay(api).measure(1));
        print("write to watch event, 100 watchers", new WatchDelay(api).measure(100));
    }

    private static void rollouts(Api api) throws Exception {
        Rollout rollout = new Rollout(api, REPLICAS);
        print("Deployment of %,d replicas to all Ready".formatted(REPLICAS), rollout.up());
        print("all of them to a new image", rollout.roll());
        print("and back to 0, pods gone", rollout.down());
    }

    private static void controllers(Api api, RunningCluster cluster) throws Exception {
        Workloads workloads = new Workloads(api);
        print(
                "%d Deployments of %d, all at once, to all Ready".formatted(DEPLOYMENTS, EACH),
                workloads.deployments(DEPLOYMENTS, EACH));
        print(
                "Job of %,d, %d at a time, to complete".formatted(REPLICAS, AT_A_TIME),
                workloads.job(REPLICAS, AT_A_TIME));
        print("reconciles since the start", Reconciles.read(cluster));
    }

    private static void lists(Api api) throws Exception {
        new ManyPods(api, LISTED).create();
        for (String query : new String[] {"", "?resourceVersion=0", "?limit=500"}) {
            print(
                    "list of %,d pods%s".formatted(LISTED, query.isEmpty() ? "" : ", " + query),
                    new ManyPods(api, LISTED).list(query));
        }
        new ManyPods(api, LISTED).delete();
    }

    private static void print(String what, String figures) {
        System.out.printf("%-52s %s%n", what, figures);
    }
}
