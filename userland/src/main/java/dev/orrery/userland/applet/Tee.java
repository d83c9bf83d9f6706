package dev.orrery.userland.applet;

import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.ArrayList;
import java.util.List;

/** {@code tee}: passes its input on and writes it into files. */
final class Tee extends Filter {
    private final List<OpenFile> copies = new ArrayList<>();

    @Override
    List<String> begin(Task task) {
        Options options = new Options(arguments(task), "");
        for (String name : options.operands()) {
            try {
                copies.add(task.open(name, true, options.has('a'), !options.has('a'), true));
            } catch (FileException refused) {
                complain(task, name + ": " + refused.getMessage());
            }
        }
        return List.of();
    }

    @Override
    void bytes(Task task, String chunk) {
        print(chunk);
        byte[] bytes = Raw.bytes(chunk);
        for (OpenFile copy : copies) {
            copy.channel().write(bytes, 0, bytes.length, task);
        }
    }
}
