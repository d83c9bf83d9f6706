package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.archive.TarHeader;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.Symlink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through files and folders and makes an archive of them, piece by piece. */
final class TarWalk {

    /** A tape's record; the end of an archive fills one. */
    private static final int RECORD_BYTES = 10_240;

    private record Place(String path, String name) {}

    private final Task task;
    private final Deque<Place> places = new ArrayDeque<>();
    private final List<String> complaints = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();
    private @Nullable RegularFile open;
    private long position;
    private long size;
    private long made;
    private boolean ended;
    private boolean failed;

    TarWalk(Task task, String base, List<String> operands) {
        this.task = task;
        for (String operand : operands) {
            boolean absolute = operand.startsWith("/");
            String path = absolute ? operand : base + "/" + operand;
            String name = operand.replaceAll("^/+", "");
            if (absolute && complaints.isEmpty()) {
                complaints.add("removing leading '/' from member names");
            }
            places.add(new Place(path, name.isEmpty() ? "." : name));
        }
    }

    boolean failed() {
        return failed;
    }

    List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    String takeNames() {
        String taken = names.toString();
        names.setLength(0);
        return taken;
    }

    /** Null after the last. */
    byte @Nullable [] next(int most) {
        byte[] piece = open == null ? header() : content(open, most);
        if (piece != null) {
            made += piece.length;
        }
        return piece;
    }

    private byte[] content(RegularFile file, int most) {
        int count = (int) Math.min(most, size - position);
        byte[] bytes = new byte[count];
        file.read(position, bytes); // what a file lost meanwhile is zeros, as with any tar
        position += count;
        if (position < size) {
            return bytes;
        }
        open = null;
        int rest = (int) (size % TarHeader.BLOCK_BYTES);
        return Arrays.copyOf(bytes, count + (rest == 0 ? 0 : TarHeader.BLOCK_BYTES - rest));
    }

    private byte @Nullable [] header() {
        for (Place place = places.poll(); place != null; place = places.poll()) {
            try {
                byte[] header = header(place);
                if (header != null) {
                    return header;
                }
            } catch (FileException refused) {
                complaints.add(place.name() + ": Cannot stat: " + refused.getMessage());
                failed = true;
            }
        }
        if (ended) {
            return null;
        }
        ended = true;
        if (failed) {
            complaints.add("Exiting with failure status due to previous errors");
        }
        long least = made + 2 * TarHeader.BLOCK_BYTES;
        return new byte[(int) ((least + RECORD_BYTES - 1) / RECORD_BYTES * RECORD_BYTES - made)];
    }

    /** Null for what is in no archive. */
    private byte @Nullable [] header(Place place) {
        FileSystem files = task.machine().files();
        Node node = files.locate(place.path(), task.user(), false).existing();
        TarHeader header =
                switch (node) {
                    case Directory _ -> {
                        pushAll(place, files.list(place.path(), task.user()));
                        yield of(node, TarHeader.DIRECTORY, folder(place.name()), "", 0);
                    }
                    case Symlink link ->
                            of(node, TarHeader.SYMLINK, place.name(), link.target(), 0);
                    case RegularFile file -> {
                        files.readable(place.path(), task.user());
                        size = file.size();
                        position = 0;
                        open = size > 0 ? file : null;
                        yield of(node, TarHeader.FILE, place.name(), "", size);
                    }
                    case Device _ -> null;
                };
        if (header == null) {
            return null;
        }
        names.append(header.name()).append('\n');
        return header.blocks();
    }

    private static String folder(String name) {
        return name.endsWith("/") ? name : name + "/";
    }

    private void pushAll(Place folder, List<String> inside) {
        for (String each : inside.reversed()) {
            places.addFirst(new Place(folder.path() + "/" + each, folder(folder.name()) + each));
        }
    }

    private static TarHeader of(Node node, char type, String name, String link, long size) {
        return new TarHeader(
                type,
                name,
                link,
                node.mode(),
                node.uid(),
                node.gid(),
                size,
                node.modified().getEpochSecond());
    }
}
