package dev.orrery.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {

    @TempDir Path data;

    @Test
    void findsTheProcessThatWasRemembered() throws Exception {
        Running.remember(cluster(), Service.BROKER, ProcessHandle.current());

        assertThat(Running.find(cluster(), Service.BROKER))
                .hasValueSatisfying(running ->
                        assertThat(running.process()).isEqualTo(ProcessHandle.current()));
        assertThat(Running.find(cluster(), Service.SCHEDULER)).isEmpty();
    }

    @Test
    void anotherProcessWithTheSamePidIsNotTakenForIt() throws Exception {
        Running.remember(cluster(), Service.BROKER, ProcessHandle.current());
        Files.writeString(
                cluster().processFile(Service.BROKER), ProcessHandle.current().pid() + " 12345\n");

        assertThat(Running.find(cluster(), Service.BROKER)).isEmpty();
    }

    @Test
    void aFileThatWasCutOffIsNoProcess() throws Exception {
        Running.remember(cluster(), Service.BROKER, ProcessHandle.current());
        Files.writeString(cluster().processFile(Service.BROKER), "");

        assertThat(Running.find(cluster(), Service.BROKER)).isEmpty();
    }

    @Test
    void aClusterIsReadAsItWasSaved() throws Exception {
        Cluster saved = new Cluster(data, new Ports(7443), 12, true);
        saved.save();

        assertThat(Cluster.load(data)).contains(saved);
        assertThat(Cluster.load(data.resolve("elsewhere"))).isEmpty();
    }

    @Test
    void portsOfOneClusterDoNotOverlap() {
        Ports ports = new Ports(6443);

        assertThat(ports.all()).hasSize(10).doesNotHaveDuplicates();
        for (Service service : Service.values()) {
            assertThat(ports.all()).contains(ports.of(service));
        }
        assertThat(ports.all()).contains(ports.grpc(), ports.brokerController());
    }

    private Cluster cluster() {
        return new Cluster(data, new Ports(6443), 3, false);
    }
}
