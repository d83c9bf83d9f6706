package dev.orrery.kubelet.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.kubelet.storage.Form;
import dev.orrery.userland.file.Allowance;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskVolumesTest {

    private static final Form FORM = new Form("/dev/sdb", "ext4", 1 << 30, 0755);

    @TempDir Path folder;

    private DiskVolumes process() {
        return new DiskVolumes(folder, () -> Instant.EPOCH, new Allowance(64 << 20));
    }

    private static void write(Volume disk, String path, String text) {
        new FileSystem(disk, false).force(path, text.getBytes(UTF_8), 0644, User.ROOT);
    }

    private static String text(Volume disk, String path) {
        return new FileSystem(disk, false).find(path, User.ROOT) instanceof RegularFile file
                ? new String(file.content(), UTF_8)
                : "none";
    }

    @Test
    void anotherProcessFindsWhatOneWrote() {
        write(process().open("volumes/a", FORM), "/html/sample.html", "hello");

        assertThat(text(process().open("volumes/a", FORM), "/html/sample.html")).isEqualTo("hello");
        assertThat(process().names()).containsExactly("volumes/a");
    }

    @Test
    void aDiskThatNobodyWroteToHasNoFile() {
        process().open("pods/u/cache", FORM);
        assertThat(process().names()).isEmpty();
    }

    @Test
    void oneDiskIsTheSameForAllWhoHoldIt() {
        DiskVolumes volumes = process();
        Volume disk = volumes.open("volumes/a", FORM);
        assertThat(volumes.open("volumes/a", new Form("/dev/sdc", "ext4", 2 << 20, 0755)))
                .isSameAs(disk);
        assertThat(disk.source()).isEqualTo("/dev/sdc");
        assertThat(disk.capacityBytes()).isEqualTo(2 << 20);
    }

    @Test
    void deletesADiskAndThoseBelowItsName() throws IOException {
        DiskVolumes volumes = process();
        write(volumes.open("pods/u/one", FORM), "/f", "1");
        write(volumes.open("pods/u/two", FORM), "/f", "2");
        write(volumes.open("pods/u2/one", FORM), "/f", "3");
        volumes.delete("pods/u");

        assertThat(volumes.names()).containsExactly("pods/u2/one");
        assertThat(text(volumes.open("pods/u/one", FORM), "/f")).isEqualTo("none");
        volumes.delete("pods/u2/one");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void goesOnBehindATornRecord() throws IOException {
        write(process().open("volumes/a", FORM), "/f", "whole");
        Path file = folder.resolve("volumes/a.disk");
        Files.write(file, new byte[] {0, 0, 0, 50, 1, 2, 3}, StandardOpenOption.APPEND);
        write(process().open("volumes/a", FORM), "/g", "after");

        Volume disk = process().open("volumes/a", FORM);
        assertThat(text(disk, "/f")).isEqualTo("whole");
        assertThat(text(disk, "/g")).isEqualTo("after");
    }

    @Test
    void aFileThatIsWrittenOverAndOverTakesNoMoreRoomThanItNeeds() throws IOException {
        byte[] noise = new byte[100_000];
        Volume disk = process().open("volumes/a", FORM);
        FileSystem files = new FileSystem(disk, false);
        files.force("/f", noise, 0644, User.ROOT);
        RegularFile file = (RegularFile) files.get("/f", User.ROOT);
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            random.nextBytes(noise);
            file.write(0, noise, 0, noise.length);
        }

        assertThat(Files.size(folder.resolve("volumes/a.disk"))).isLessThan(2 << 20);
        Volume again = process().open("volumes/a", FORM);
        RegularFile read = (RegularFile) new FileSystem(again, false).get("/f", User.ROOT);
        assertThat(read.content()).isEqualTo(noise);
    }

    @Test
    void namesLeadNowhereElse() {
        assertThatThrownBy(() -> process().open("volumes/../../x", FORM))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
