package dev.orrery.userland;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.userland.file.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What many machines cost, and what a bad script cannot do. */
class ScaleTest {
    private static final int MACHINES = 20_000;

    @Test
    void twentyThousandSleepersCostNoThreadAndLittleMemory() {
        Bench bench = new Bench();
        int threads = Thread.activeCount();
        long before = used();
        List<Session> sessions = new ArrayList<>();
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            Machine machine = bench.machine();
            machines.add(machine);
            sessions.add(
                    machine.start(
                            new Exec(
                                    List.of("sh", "-c", "sleep 3600; exit 4"),
                                    Map.of(),
                                    "/",
                                    User.ROOT,
                                    false,
                                    false,
                                    bytes -> true,
                                    bytes -> true)));
        }
        bench.run(Duration.ofMinutes(1));
        long each = (used() - before) / MACHINES;
        System.out.println("bytes per sleeping machine: " + each);
        assertThat(each).isLessThan(20_000);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 1);
        assertThat(machines).noneMatch(Machine::hasFiles);
        bench.run(Duration.ofHours(2));
        assertThat(sessions)
                .allMatch(session ->
                        Integer.valueOf(4).equals(session.exit().toCompletableFuture().getNow(-1)));
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void anyRowOfWordsEndsOrIsHeldBack() {
        List<String> words =
                List.of(
                        "if", "then", "fi", "while", "do", "done", "case", "esac", "in", "{", "}",
                        "(", ")", "$(", "${x", "}", "\"", "'", "`", "|", "&&", ";", "&", "echo",
                        "x=1", "$x", "*", "<", ">", "/tmp/f", "<<E", "\n", "!", "$((", "))", "for",
                        "1", "f()", "exit", "read", "true");
        Random random = new Random(11);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder script = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                script.append(words.get(random.nextInt(words.size())))
                        .append(random.nextInt(4) == 0 ? "" : " ");
            }
            Bench bench = new Bench();
            bench.machine()
                    .start(
                            new Exec(
                                    List.of("sh", "-c", script.toString()),
                                    Map.of(),
                                    "/",
                                    User.ROOT,
                                    false,
                                    false,
                                    bytes -> true,
                                    bytes -> true));
            bench.run(Duration.ofMillis(200));
        }
    }
}
