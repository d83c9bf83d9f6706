package dev.orrery.kubelet.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentsTest {

    private final Attachments attachments = new Attachments();

    @ParameterizedTest
    @CsvSource({"1,/dev/sdb", "25,/dev/sdz", "26,/dev/sdaa", "701,/dev/sdzz", "702,/dev/sdaaa"})
    void namesDevicesAsLinuxDoes(int device, String name) {
        assertThat(Attachments.name(device)).isEqualTo(name);
    }

    private String device(String disk, String node, String pod) {
        return attachments.attach(disk, node, pod, pod, true)
                        instanceof Attachments.Outcome.Attached(String device)
                ? device
                : "in use";
    }

    @Test
    void givesEachDiskOfANodeADeviceAndTheSameOneToAllItsPods() {
        assertThat(device("a", "n1", "p1")).isEqualTo("/dev/sdb");
        assertThat(device("a", "n1", "p2")).isEqualTo("/dev/sdb");
        assertThat(device("b", "n1", "p1")).isEqualTo("/dev/sdc");
        assertThat(device("c", "n2", "p3")).isEqualTo("/dev/sdb");
        attachments.detach("a", "n1", "p1");
        assertThat(device("d", "n1", "p4")).isEqualTo("/dev/sdd");
        attachments.detach("a", "n1", "p2");
        assertThat(device("e", "n1", "p5")).isEqualTo("/dev/sdb");
    }

    @Test
    void holdsADiskForItsNodeUntilTheLastPodIsGone() {
        device("a", "n1", "p1");
        device("a", "n1", "p2");
        attachments.detach("a", "n1", "p1");
        assertThat(device("a", "n2", "p3")).isEqualTo("in use");
        attachments.detach("a", "n1", "p2");
        assertThat(device("a", "n2", "p3")).isEqualTo("/dev/sdb");
    }
}
