package dev.orrery.userland.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VolumeTest {
    private static final User SOMEBODY = new User(1000, 1000, Set.of(2000));

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    private Volume volume(long capacity, Allowance allowance) {
        return new Volume("tmpfs", "tmpfs", capacity, () -> now, allowance);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String data(Volume volume) {
        return volume.root().entries().get("..data") instanceof Symlink link ? link.target() : "";
    }

    @Test
    void givesBackWhatWasWrittenWhereverItWasWritten() {
        FileSystem files = new FileSystem(volume(1L << 30, Allowance.UNLIMITED), false);
        files.force("/f", new byte[0], 0644, User.ROOT);
        RegularFile file = (RegularFile) files.get("/f", User.ROOT);
        byte[] expected = new byte[400_000];
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int at = random.nextInt(300_000);
            byte[] some = round % 3 == 0 ? new byte[90_000] : noise(1 + random.nextInt(90_000));
            file.write(at, some, 0, some.length);
            System.arraycopy(some, 0, expected, at, some.length);
            if (round % 20 == 19) {
                int length = random.nextInt((int) file.size());
                file.truncate(length);
                Arrays.fill(expected, length, expected.length, (byte) 0);
            }
            byte[] read = file.content();
            assertThat(read).isEqualTo(Arrays.copyOf(expected, read.length));
        }
    }

    @Test
    void refusesWhatGoesBeyondItsSizeAndKeepsTheRest() {
        Volume volume = volume(10_000, Allowance.UNLIMITED);
        FileSystem files = new FileSystem(volume, false);
        files.force("/f", noise(9_000), 0644, User.ROOT);
        RegularFile file = (RegularFile) files.get("/f", User.ROOT);
        long used = volume.usedBytes();

        assertThatThrownBy(() -> file.write(9_000, noise(2_000), 0, 2_000))
                .hasMessage("No space left on device");

        assertThat(file.size()).isEqualTo(9_000);
        assertThat(volume.usedBytes()).isEqualTo(used);
        files.remove("/f", User.ROOT);
        assertThat(volume.usedBytes()).isZero();
    }

    @Test
    void sharesAnAllowanceWithOtherVolumesUntilItIsDiscarded() {
        Allowance allowance = new Allowance(200_000);
        Volume first = volume(1L << 40, allowance);
        Volume second = volume(1L << 40, allowance);
        new FileSystem(first, false).force("/f", noise(130_000), 0644, User.ROOT);
        FileSystem files = new FileSystem(second, false);

        assertThatThrownBy(() -> files.force("/f", noise(130_000), 0644, User.ROOT))
                .hasMessage("No space left on device");
        first.discard();
        files.force("/f", noise(130_000), 0644, User.ROOT);

        assertThat(allowance.takenBytes()).isBetween(130_000L, 200_000L);
        second.discard();
        assertThat(allowance.takenBytes()).isZero();
    }

    @Test
    void handsTheGroupOfADirectoryOnToWhatIsMadeInIt() {
        FileSystem files = new FileSystem(volume(1 << 20, Allowance.UNLIMITED), false);
        files.makeDirectories("/shared");
        files.get("/shared", User.ROOT).mode(02777);
        files.get("/shared", User.ROOT).owner(0, 123);

        files.writable("/shared/f", 0644, true, SOMEBODY);
        files.makeDirectory("/shared/d", 0755, SOMEBODY);

        assertThat(files.get("/shared/f", User.ROOT).gid()).isEqualTo(123);
        assertThat(files.get("/shared/d", User.ROOT).gid()).isEqualTo(123);
        assertThat(files.get("/shared/d", User.ROOT).mode()).isEqualTo(02755);
    }

    @Test
    void lendsBytesWithoutACopyUntilTheyAreWrittenTo() {
        Allowance allowance = new Allowance(1_000);
        Volume volume = volume(1 << 20, allowance);
        byte[] lent = noise(5_000);
        TreeMap<String, PublishedFiles.Item> items = new TreeMap<>();
        items.put("a", new PublishedFiles.Item(lent, 0644, User.ROOT));
        new PublishedFiles(volume).publish(items, 0755, User.ROOT);
        RegularFile file = (RegularFile) new FileSystem(volume, false).get("/a", User.ROOT);

        assertThat(file.content()).isEqualTo(lent);
        assertThat(allowance.takenBytes()).isZero();
        assertThatThrownBy(() -> file.write(0, new byte[] {1}, 0, 1))
                .hasMessage("No space left on device");
        assertThat(file.content()).isEqualTo(lent);
    }

    @Test
    void showsANewSetOfFilesBehindOneLink() {
        Volume volume = volume(1 << 20, Allowance.UNLIMITED);
        PublishedFiles published = new PublishedFiles(volume);
        TreeMap<String, PublishedFiles.Item> items = new TreeMap<>();
        items.put("a", new PublishedFiles.Item("1".getBytes(UTF_8), 0644, User.ROOT));
        items.put("sub/b", new PublishedFiles.Item("2".getBytes(UTF_8), 0400, User.ROOT));
        published.publish(items, 0755, User.ROOT);
        FileSystem files = new FileSystem(volume, false);

        String stamp = data(volume);
        assertThat(stamp).startsWith("..2026_01_01_12_00_00.");
        assertThat(files.list("/", User.ROOT))
                .containsExactlyInAnyOrder("..data", stamp, "a", "sub");
        assertThat(files.get("/sub/b", User.ROOT).mode()).isEqualTo(0400);

        items.remove("sub/b");
        items.put("c", new PublishedFiles.Item("3".getBytes(UTF_8), 0644, User.ROOT));
        now = now.plusSeconds(60);
        published.publish(items, 0755, User.ROOT);

        String next = data(volume);
        assertThat(next).startsWith("..2026_01_01_12_01_00.");
        assertThat(files.list("/", User.ROOT)).containsExactlyInAnyOrder("..data", next, "a", "c");
        assertThat(volume.root().entries().get("c")).isInstanceOf(Symlink.class);
    }

    @Test
    void asksItsProviderWheneverSomebodyLooksIn() {
        Volume volume = volume(1 << 20, Allowance.UNLIMITED);
        AtomicInteger asked = new AtomicInteger();
        volume.refreshedBy(asked::incrementAndGet);
        FileSystem files = new FileSystem(new Volume("o", "overlay", 1 << 20, () -> now), false);
        files.mount("/etc/config", volume.root(), true);

        int before = asked.get();
        files.find("/tmp", User.ROOT);
        assertThat(asked.get()).isEqualTo(before);
        files.find("/etc/config/a", User.ROOT);
        assertThat(asked.get()).isEqualTo(before + 1);
        files.list("/etc/config", User.ROOT);
        assertThat(asked.get()).isEqualTo(before + 2);
    }

    @Test
    void leavesTheNamesOfOthersInAStickyDirectory() {
        FileSystem files = new FileSystem(volume(1 << 20, Allowance.UNLIMITED), false);
        files.makeDirectories("/tmp");
        files.get("/tmp", User.ROOT).mode(01777);
        files.force("/tmp/roots", new byte[0], 0666, User.ROOT);
        files.writable("/tmp/own", 0644, true, SOMEBODY);

        files.remove("/tmp/own", SOMEBODY);
        assertThatThrownBy(() -> files.remove("/tmp/roots", SOMEBODY))
                .hasMessage("Operation not permitted");
    }
}
