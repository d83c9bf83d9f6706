package dev.orrery.machinery.rules;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;

/** Which calls into the JDK reach past a core's surroundings. */
final class Calls {

    private static final String CONSTRUCTOR = "<init>";

    private static final Map<String, Set<String>> CLOCKS =
            Map.of(
                    "java.lang.System",
                    Set.of("currentTimeMillis", "nanoTime"),
                    "java.time.Clock",
                    Set.of("systemUTC", "systemDefaultZone", "system", "tick", "tickMillis"),
                    "java.time.InstantSource",
                    Set.of("system"),
                    "java.util.Date",
                    Set.of(CONSTRUCTOR));

    private static final Map<String, Set<String>> THREADS =
            Map.of(
                    "java.lang.Thread",
                    Set.of(
                            CONSTRUCTOR,
                            "start",
                            "sleep",
                            "ofVirtual",
                            "ofPlatform",
                            "startVirtualThread"),
                    "java.util.Timer",
                    Set.of(CONSTRUCTOR),
                    "java.lang.Object",
                    Set.of("wait"),
                    "java.util.concurrent.CompletableFuture",
                    Set.of("delayedExecutor", "orTimeout", "completeOnTimeout"),
                    "java.util.concurrent.ForkJoinPool",
                    Set.of(CONSTRUCTOR, "commonPool"),
                    "java.util.concurrent.TimeUnit",
                    Set.of("sleep"),
                    "java.util.concurrent.locks.LockSupport",
                    Set.of("park", "parkNanos", "parkUntil"));

    /** Without an executor of the caller's these run on the common pool. */
    private static final Map<String, Integer> NEED_EXECUTOR =
            Map.of(
                    "runAsync", 2,
                    "supplyAsync", 2,
                    "thenRunAsync", 2,
                    "thenAcceptAsync", 2,
                    "thenApplyAsync", 2,
                    "thenComposeAsync", 2,
                    "whenCompleteAsync", 2,
                    "handleAsync", 2);

    private static final Map<String, Set<String>> DICE =
            Map.of(
                    "java.lang.Math", Set.of("random"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
                    "java.security.SecureRandom", Set.of(CONSTRUCTOR),
                    "java.util.random.RandomGenerator", Set.of("getDefault", "of"));

    private Calls() {}

    static boolean systemClock(JavaAccess<?> access) {
        return isIn(CLOCKS, access) || isNow(access);
    }

    static boolean threads(JavaAccess<?> access) {
        String owner = owner(access);
        return isIn(THREADS, access)
                || owner.equals("java.util.concurrent.Executors")
                || access.getTarget().getName().equals("parallelStream")
                || lacksExecutor(access);
    }

    static boolean dice(JavaAccess<?> access) {
        return isIn(DICE, access)
                || (owner(access).equals("java.util.Random")
                        && access.getTarget().getName().equals(CONSTRUCTOR)
                        && parameters(access) == 0)
                || (owner(access).equals("java.util.Collections")
                        && access.getTarget().getName().equals("shuffle")
                        && parameters(access) == 1);
    }

    private static boolean isNow(JavaAccess<?> access) {
        return owner(access).startsWith("java.time.")
                && access.getTarget().getName().equals("now")
                && parameters(access) == 0;
    }

    private static boolean lacksExecutor(JavaAccess<?> access) {
        return owner(access).startsWith("java.util.concurrent.Completable")
                && parameters(access) < NEED_EXECUTOR.getOrDefault(access.getTarget().getName(), 0);
    }

    private static boolean isIn(Map<String, Set<String>> calls, JavaAccess<?> access) {
        return calls.getOrDefault(owner(access), Set.of()).contains(access.getTarget().getName());
    }

    private static String owner(JavaAccess<?> access) {
        return access.getTargetOwner().getName();
    }

    private static int parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                ? target.getRawParameterTypes().size()
                : 0;
    }
}
