package dev.orrery.kubelet.service;

import dev.orrery.kubelet.storage.Form;
import dev.orrery.kubelet.storage.VolumeStore;
import dev.orrery.userland.file.Allowance;
import dev.orrery.userland.file.Recorder;
import dev.orrery.userland.file.Replay;
import dev.orrery.userland.file.Volume;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Disks in files of the data directory, one for each: every change is in its file before whoever
 * made it goes on, so that it outlives the process, however that ends. (Not the machine: nothing is
 * forced to the platters.) A disk is read when it is opened, and forgotten when nobody holds it any
 * more; one on which nothing was ever written has no file.
 */
final class DiskVolumes implements VolumeStore {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String ENDING = ".disk";

    private final Path folder;
    private final InstantSource clock;
    private final Allowance allowance;
    private final Map<String, WeakReference<Volume>> open = new ConcurrentHashMap<>();

    DiskVolumes(Path folder, InstantSource clock, Allowance allowance) {
        this.folder = folder;
        this.clock = clock;
        this.allowance = allowance;
    }

    @Override
    public Volume open(String name, Form form) {
        Volume[] opened = new Volume[1];
        open.compute(
                name,
                (_, known) -> {
                    Volume there = known == null ? null : known.get();
                    opened[0] = there == null ? load(name, form) : there;
                    return there == null ? new WeakReference<>(opened[0]) : known;
                });
        opened[0].capacityBytes(form.capacityBytes());
        opened[0].source(form.source());
        return opened[0];
    }

    private Volume load(String name, Form form) {
        // What was once taken on must come back, even if the disk has been made smaller since.
        Volume volume = new Volume(form.source(), form.type(), Long.MAX_VALUE, clock, allowance);
        volume.root().mode(form.mode());
        Path file = file(name);
        long bytes = Files.exists(file) ? replay(volume, file) : 0;
        Recorder.attach(volume, new Tape(file), bytes);
        return volume;
    }

    private static long replay(Volume volume, Path file) {
        try (DataInputStream tape =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            long whole = Replay.into(volume, tape);
            if (whole < Files.size(file)) {
                truncate(file, whole);
            }
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private Path file(String name) {
        Path file = folder;
        for (String part : name.split("/", -1)) {
            if (!SAFE.matcher(part).matches()) {
                throw new IllegalArgumentException("not a disk's name: " + name);
            }
            file = file.resolve(part);
        }
        return file.resolveSibling(file.getFileName() + ENDING);
    }

    @Override
    public void delete(String name) {
        open.forEach((each, known) -> {
            if (each.equals(name) || each.startsWith(name + "/")) {
                Volume volume = known.get();
                if (volume != null) {
                    volume.discard();
                }
                open.remove(each, known);
            }
        });
        Path file = file(name);
        Path below =
                file.resolveSibling(file.getFileName().toString().replaceFirst("\\.disk$", ""));
        try {
            Files.deleteIfExists(file);
            deleteAll(below);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + name, e);
        }
    }

    private static void deleteAll(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return;
        }
        try (Stream<Path> files = Files.walk(below)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(each -> folder.relativize(each).toString().replace('\\', '/'))
                    .filter(each -> each.endsWith(ENDING))
                    .forEach(each -> names.add(each.substring(0, each.length() - ENDING.length())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return names;
    }
}
