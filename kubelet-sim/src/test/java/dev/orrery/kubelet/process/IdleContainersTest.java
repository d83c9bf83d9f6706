package dev.orrery.kubelet.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleContainersTest {

    private static final int CONTAINERS = 5_000;

    /** 20,000 of them then take 400 MB at the most, and leave a kubelet of 2 GB its room. */
    private static final long MOST_BYTES_EACH = 20_000;

    @Test
    void aServerThatNobodyCallsCostsNoThreadAndLittleMemory() {
        int threads = Thread.activeCount();
        Box box = new Box();
        box.run("busybox", "sleep", "3600");
        long before = used();
        for (int i = 0; i < CONTAINERS; i++) {
            box.run("registry.k8s.io/pause:3.10");
        }
        long each = (used() - before) / CONTAINERS;
        System.out.println("bytes per idle container: " + each);
        assertThat(each).isLessThan(MOST_BYTES_EACH);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 1);
        assertThat(box.exits).isEmpty();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
