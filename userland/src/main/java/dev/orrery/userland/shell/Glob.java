package dev.orrery.userland.shell;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import java.util.ArrayList;
import java.util.List;

/** Finds the file names that a pattern stands for. */
final class Glob {
    private Glob() {}

    /** The names in order, or the pattern itself where none matches. */
    static List<String> expand(Shell shell, String marked) {
        if (!Pattern.isPattern(marked)) {
            return List.of(Pattern.plain(marked));
        }
        List<String> found = new ArrayList<>(List.of(marked.startsWith("/") ? "/" : ""));
        List<String> pieces = List.of(marked.split("/+"));
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            if (!piece.isEmpty()) {
                found = next(shell.task(), found, piece, i == pieces.size() - 1);
            }
        }
        return found.isEmpty() ? List.of(Pattern.plain(marked)) : found;
    }

    private static List<String> next(Task task, List<String> folders, String piece, boolean last) {
        List<String> found = new ArrayList<>();
        for (String folder : folders) {
            for (String name : names(task, folder, piece)) {
                found.add(folder + name + (last ? "" : "/"));
            }
        }
        return found;
    }

    private static List<String> names(Task task, String folder, String piece) {
        String where = task.absolute(folder.isEmpty() ? "." : folder);
        try {
            if (!Pattern.isPattern(piece)) {
                String name = Pattern.plain(piece);
                return task.machine().files().find(where + "/" + name, task.user()) == null
                        ? List.of()
                        : List.of(name);
            }
            boolean hidden = (piece.charAt(0) & 0xff) == '.';
            return task.machine().files().list(where, task.user()).stream()
                    .filter(name -> hidden || !name.startsWith("."))
                    .filter(name -> Pattern.matches(piece, name))
                    .toList();
        } catch (FileException unreadable) {
            return List.of();
        }
    }
}
