package dev.orrery.kubelet.service;

import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Recorder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file of one disk. It is opened for each record, since few disks are written to at a time and
 * there may be more of them than files can be open. In the disk's lock.
 */
final class Tape implements Recorder.Tape {

    private static final System.Logger LOG = System.getLogger(Tape.class.getName());

    private final Path file;
    private @Nullable OutputStream anew;

    Tape(Path file) {
        this.file = file;
    }

    @Override
    public void append(byte[] records) {
        try {
            if (anew != null) {
                anew.write(records);
                return;
            }
            write(records);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(byte[] records) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.write(file, records, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    @Override
    public void beginAnew() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            anew = new java.io.BufferedOutputStream(Files.newOutputStream(next()), 1 << 16);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void endAnew() {
        try (OutputStream written = anew) {
            anew = null;
            if (written != null) {
                written.flush();
                Files.move(
                        next(),
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileException failed(IOException why) {
        LOG.log(System.Logger.Level.ERROR, "disk not written file=" + file, why);
        return new FileException(Errno.EIO);
    }
}
