package dev.orrery.userland.applet;

import dev.orrery.userland.Channel;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Location;
import dev.orrery.userland.file.Raw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tar}: makes an archive, takes one apart, or tells what is in one. */
final class Tar extends Applet {

    private static final int CHUNK_BYTES = 32 << 10;

    private final byte[] buffer = new byte[CHUNK_BYTES];
    private boolean begun;
    private char action;
    private boolean verbose;
    private boolean keepTimes = true;
    private String archive = "-";
    private String directory = "";
    private final List<String> names = new ArrayList<>();
    private @Nullable OpenFile file;
    private @Nullable TarWalk walk;
    private @Nullable TarExtraction extraction;

    @Override
    Step work(Task task) {
        try {
            if (!begun) {
                begun = true;
                return begin(task);
            }
            return walk == null ? extract(task) : create(task, walk);
        } catch (FileException refused) {
            complain(task, archive + ": " + refused.getMessage());
            return finish(1);
        } catch (IllegalArgumentException malformed) {
            complain(task, String.valueOf(malformed.getMessage()));
            return finish(1);
        }
    }

    private Step begin(Task task) {
        read(arguments(task));
        String base = task.directory();
        if (!directory.isEmpty()) {
            Location place =
                    task.machine().files().locate(task.absolute(directory), task.user(), true);
            place.existing();
            base = place.path();
        }
        switch (action) {
            case 'c' -> {
                if (names.isEmpty()) {
                    complain(task, "empty archive");
                    return finish(1);
                }
                walk = new TarWalk(task, base, names);
                open(task, true);
            }
            case 'x', 't' -> {
                extraction = new TarExtraction(task, base, action == 'x', keepTimes, names);
                open(task, false);
            }
            default -> {
                complain(task, "must specify one of -c, -x or -t");
                return finish(1);
            }
        }
        return Step.MORE;
    }

    private void open(Task task, boolean write) {
        if (!archive.equals("-")) {
            OpenFile opened = task.open(archive, write, false, write, true);
            file = opened;
            task.whenOver(opened::release);
        }
    }

    /** The first word may lack its dash, as it did in the beginning. */
    private void read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean letters =
                    (word.startsWith("-") && word.length() > 1 && !word.startsWith("--"))
                            || (i == 0 && !word.startsWith("-"));
            if (word.equals("--directory") && i + 1 < words.size()) {
                directory = words.get(++i);
            } else if (letters) {
                i += letters(word, words, i);
            } else if (!word.startsWith("--")) {
                names.add(word);
            }
        }
    }

    /** Answers how many of the words that follow were values. */
    private int letters(String word, List<String> words, int at) {
        int used = 0;
        for (int i = word.startsWith("-") ? 1 : 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter == 'f' || letter == 'C') {
                boolean attached = word.startsWith("-") && i + 1 < word.length();
                String next = at + used + 1 < words.size() ? words.get(at + used + 1) : "";
                String value = attached ? word.substring(i + 1) : next;
                used += attached ? 0 : 1;
                if (letter == 'f') {
                    archive = value;
                } else {
                    directory = value;
                }
                if (attached) {
                    return used;
                }
            } else if ("cxt".indexOf(letter) >= 0) {
                action = letter;
            } else if (letter == 'z' || letter == 'j' || letter == 'J') {
                throw new IllegalArgumentException("compressed archives are not supported");
            }
            verbose |= letter == 'v';
            keepTimes &= letter != 'm';
        }
        return used;
    }

    private Step create(Task task, TarWalk from) {
        byte[] piece = from.next(CHUNK_BYTES);
        from.takeComplaints().forEach(each -> print(2, Raw.bytes("tar: " + each + "\n")));
        if (piece == null) {
            return finish(from.failed() ? 2 : 0);
        }
        if (verbose) {
            String names = from.takeNames();
            print(archive.equals("-") ? 2 : 1, Raw.bytes(names));
        }
        if (file == null) {
            print(1, piece);
        } else {
            file.channel().write(piece, 0, piece.length, task);
        }
        return Step.MORE;
    }

    private Step extract(Task task) {
        TarExtraction into = extraction;
        if (into == null) {
            return finish(1);
        }
        int count = file == null ? task.read(0, buffer) : file.channel().read(buffer, task);
        if (count == 0) {
            return Step.WAITING;
        }
        if (count > 0) {
            into.take(buffer, count);
        }
        into.takeComplaints().forEach(each -> print(2, Raw.bytes("tar: " + each + "\n")));
        if (verbose || action == 't') {
            print(into.takeNames());
        }
        if (count == Channel.END) {
            if (!into.isWhole()) {
                print(2, Raw.bytes("tar: short read\n"));
                return finish(1);
            }
            return finish(into.failed() ? 2 : 0);
        }
        return Step.MORE;
    }
}
