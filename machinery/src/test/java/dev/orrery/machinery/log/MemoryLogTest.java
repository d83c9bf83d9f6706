package dev.orrery.machinery.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends ClusterLogTest {

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final MemoryLog log = new MemoryLog(executor);

    @Override
    protected ClusterLog open() {
        return log;
    }

    @Override
    protected void leave() {
        log.setAway(true);
    }

    @Override
    protected void comeBack() {
        log.setAway(false);
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void leavesItToTheExecutorsWhoHearsWhatWhen() {
        Deque<Runnable> near = new ArrayDeque<>();
        Deque<Runnable> far = new ArrayDeque<>();
        List<String> heard = new ArrayList<>();
        MemoryLog nearLog = log.seenThrough(near::add, 1);
        nearLog.tail(0, noting("near", heard));
        log.seenThrough(far::add, 10).tail(0, noting("far", heard));
        for (int i = 0; i < 3; i++) {
            nearLog.append(entry()).thenAccept(offset -> heard.add("done " + offset));
        }
        assertThat(heard).isEmpty();
        assertThat(far).hasSize(1);
        near.remove().run();
        far.remove().run();
        while (!near.isEmpty()) {
            near.remove().run();
        }
        assertThat(heard)
                .containsExactly(
                        "near [0]",
                        "far [0, 1, 2]",
                        "done 0",
                        "done 1",
                        "done 2",
                        "near [1]",
                        "near [2]");
    }

    private static ClusterLog.Reader noting(String name, List<String> heard) {
        return new ClusterLog.Reader() {
            @Override
            public void read(List<LogRecord> records) {
                heard.add(name + " " + records.stream().map(LogRecord::offset).toList());
            }

            @Override
            public void trimmed(long startOffset) {
                heard.add(name + " trimmed");
            }
        };
    }

    private static Entry entry() {
        return new Entry(
                new ObjectKey(new GroupResource("", "nodes"), "", "n"),
                "{}".getBytes(UTF_8),
                new WriteHeader(0, "id", "", List.of(), 0, "", Instant.EPOCH));
    }
}
