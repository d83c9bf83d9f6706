package dev.orrery.userland.file;

/** A system call that was refused; its message is what a command prints after the file's name. */
public final class FileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    public FileException(Errno errno) {
        super(errno.words(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
