package dev.orrery.acceptance.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** Each with a cluster of its own. */
public enum Fault {
    API_SERVER_KILLED(
            "the only api-server killed during writes, started again",
            true,
            Duration.ofSeconds(20)),
    ONE_OF_THREE_API_SERVERS_KILLED(
            "one of three api-servers killed during writes", false, Duration.ofSeconds(10)),
    BROKER_KILLED(
            "the only broker killed during writes, started again", true, Duration.ofSeconds(30)),
    ONE_OF_THREE_BROKERS_LOST(
            "one of three brokers killed, then another after its return",
            false,
            Duration.ofSeconds(40)),
    CUT_OFF_FROM_THE_LOG(
            "api-server cut off from the log, not from its clients", true, Duration.ofSeconds(30)),
    SLOW_WATCHER("a watcher that takes nothing, among ones that do", false, Duration.ofSeconds(30)),
    LOG_TRIMMED("log trimmed behind a scheduler that stood still", false, Duration.ofSeconds(60)),
    SCHEDULER_KILLED("leading scheduler of two killed in mid-bind", false, Duration.ofSeconds(60)),
    CLOCKS_DIFFER(
            "a kubelet-sim 10 minutes ahead, a controller-manager 10 minutes behind",
            false,
            Duration.ofSeconds(60)),
    NODES_CUT_OFF_SHORTLY("kubelet-sim cut off for 30 s", false, Duration.ofSeconds(60)),
    NODES_CUT_OFF_LONG(
            "kubelet-sim cut off until its pods are evicted", false, Duration.ofMinutes(2));

    private final String title;
    private final boolean quick;
    private final Duration bound;

    Fault(String title, boolean quick, Duration bound) {
        this.title = title;
        this.quick = quick;
        this.bound = bound;
    }

    /** Whether every run of the tests can afford it. */
    public boolean isQuick() {
        return quick;
    }

    /** Longer than this, on any machine, it has not healed. */
    public Duration bound() {
        return bound;
    }

    public String title() {
        return title;
    }

    public Outcome run() {
        return switch (this) {
            case API_SERVER_KILLED -> StorageFaults.apiServerKilled();
            case ONE_OF_THREE_API_SERVERS_KILLED -> StorageFaults.oneOfThreeApiServersKilled();
            case BROKER_KILLED -> StorageFaults.brokerKilled();
            case ONE_OF_THREE_BROKERS_LOST -> StorageFaults.brokersLostInTurn();
            case CUT_OFF_FROM_THE_LOG -> LogFaults.cutOffFromTheLog();
            case SLOW_WATCHER -> LogFaults.slowWatcher();
            case LOG_TRIMMED -> LogFaults.trimmedBehindScheduler();
            case SCHEDULER_KILLED -> NodeFaults.schedulerKilled();
            case CLOCKS_DIFFER -> NodeFaults.clocksDiffer();
            case NODES_CUT_OFF_SHORTLY -> NodeFaults.cutOffShortly();
            case NODES_CUT_OFF_LONG -> NodeFaults.cutOffLong();
        };
    }

    public static Fault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault '" + name + "'"));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
