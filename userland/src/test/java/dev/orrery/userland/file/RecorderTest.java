package dev.orrery.userland.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final User SOMEBODY = new User(1000, 1001, Set.of());

    private Instant now = NOON;
    private final MemoryTape tape = new MemoryTape();
    private final Volume volume = volume();
    private final FileSystem files = new FileSystem(volume, false);

    private Volume volume() {
        return new Volume("/dev/sdb", "ext4", 1L << 40, () -> now);
    }

    private static final class MemoryTape implements Recorder.Tape {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int rewrites;

        @Override
        public void append(byte[] records) {
            bytes.writeBytes(records);
        }

        @Override
        public void beginAnew() {
            bytes = new ByteArrayOutputStream();
            rewrites++;
        }

        @Override
        public void endAnew() {}
    }

    private Volume again(byte[] recorded) throws IOException {
        Volume made = new Volume("/dev/sdb", "ext4", 1L << 40, () -> NOON);
        Replay.into(made, new DataInputStream(new ByteArrayInputStream(recorded)));
        return made;
    }

    /** Everything that can be seen of a volume, by path. */
    private static Map<String, String> seen(Volume volume) {
        Map<String, String> seen = new TreeMap<>();
        look(volume.root(), "", seen);
        return seen;
    }

    private static void look(Node node, String path, Map<String, String> seen) {
        String what =
                switch (node) {
                    case Symlink link -> link.target();
                    case RegularFile file -> Arrays.hashCode(file.content()) + "#" + file.size();
                    default -> "";
                };
        seen.put(
                path,
                "%c%o %d:%d %d %d %s %s"
                        .formatted(
                                node.letter(),
                                node.mode(),
                                node.uid(),
                                node.gid(),
                                node.number(),
                                node.links(),
                                node.modified(),
                                what));
        if (node instanceof Directory directory) {
            directory.entries().forEach((name, each) -> look(each, path + "/" + name, seen));
        }
    }

    @Test
    void makesTheSameVolumeAgain() throws IOException {
        Recorder.attach(volume, tape, 0);
        files.makeDirectory("/a", 02775, User.ROOT);
        files.force("/a/text", "hello".getBytes(UTF_8), 0640, SOMEBODY);
        now = now.plusSeconds(5);
        files.link("text", "/a/link", User.ROOT);
        files.hardLink("/a/text", "/other", User.ROOT);
        files.get("/a/text", User.ROOT).mode(0600);
        files.get("/a", User.ROOT).owner(7, 8);
        files.rename("/a/link", "/moved", User.ROOT);
        files.force("/gone", "x".getBytes(UTF_8), 0644, User.ROOT);
        files.remove("/gone", User.ROOT);
        RegularFile file = (RegularFile) files.get("/other", User.ROOT);
        file.write(100_000, "far".getBytes(UTF_8), 0, 3);
        file.truncate(100_002);

        Volume again = again(tape.bytes.toByteArray());

        assertThat(seen(again)).isEqualTo(seen(volume)).hasSize(5);
        assertThat(again.usedBytes()).isEqualTo(volume.usedBytes());
        assertThat(new FileSystem(again, false).get("/other", User.ROOT))
                .isSameAs(new FileSystem(again, false).get("/a/text", User.ROOT));
    }

    @Test
    void goesOnWhereTheTapeEnded() throws IOException {
        Recorder.attach(volume, tape, 0);
        files.force("/first", "1".getBytes(UTF_8), 0644, User.ROOT);
        Volume second = again(tape.bytes.toByteArray());
        Recorder.attach(second, tape, tape.bytes.size());
        new FileSystem(second, false).force("/second", "2".getBytes(UTF_8), 0644, User.ROOT);

        assertThat(seen(again(tape.bytes.toByteArray()))).isEqualTo(seen(second)).hasSize(3);
    }

    @Test
    void countsATornRecordAsNeverWritten() throws IOException {
        Recorder.attach(volume, tape, 0);
        List<Integer> ends = new ArrayList<>(List.of(0));
        List<Map<String, String>> states = new ArrayList<>(List.of(seen(again(new byte[0]))));
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(1);
            if (i % 2 == 0) {
                files.makeDirectory("/d" + i, 0755, User.ROOT);
            } else {
                files.link("target", "/d" + (i - 1) + "/l", User.ROOT);
            }
            ends.add(tape.bytes.size());
            states.add(seen(volume));
        }
        byte[] whole = tape.bytes.toByteArray();
        for (int length = 0; length <= whole.length; length++) {
            int last = 0;
            while (last + 1 < ends.size() && ends.get(last + 1) <= length) {
                last++;
            }
            assertThat(seen(again(Arrays.copyOf(whole, length)))).isEqualTo(states.get(last));
        }
        whole[whole.length - 5] ^= 1;
        assertThat(seen(again(whole))).isEqualTo(states.get(19));
    }

    @Test
    void writesALongTapeAnewWithWhatIsLeft() throws IOException {
        Recorder.attach(volume, tape, 0);
        byte[] noise = new byte[50_000];
        new Random(1).nextBytes(noise);
        files.force("/dir/file", noise, 0644, SOMEBODY);
        files.hardLink("/dir/file", "/dir/same", User.ROOT);
        RegularFile file = (RegularFile) files.get("/dir/file", User.ROOT);
        for (int i = 0; i < 200; i++) {
            file.write(i, noise, 0, noise.length);
        }

        assertThat(tape.rewrites).isPositive();
        assertThat(tape.bytes.size()).isLessThan(2 << 20);
        assertThat(seen(again(tape.bytes.toByteArray()))).isEqualTo(seen(volume));
    }

    @Test
    void keepsZerosForNothing() throws IOException {
        Recorder.attach(volume, tape, 0);
        files.force("/zeros", new byte[0], 0644, User.ROOT);
        RegularFile file = (RegularFile) files.get("/zeros", User.ROOT);
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            file.write((long) i << 20, zeros, 0, zeros.length);
        }

        assertThat(file.keptBytes()).isZero();
        assertThat(volume.usedBytes()).isGreaterThan(100L << 20);
        assertThat(tape.bytes.size()).isLessThan(20_000);
        Volume again = again(tape.bytes.toByteArray());
        assertThat(again.usedBytes()).isEqualTo(volume.usedBytes());
    }
}
