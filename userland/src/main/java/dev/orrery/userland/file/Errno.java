package dev.orrery.userland.file;

/** The refusals of the system calls, with the words that commands print for them. */
public enum Errno {
    EACCES("Permission denied"),
    EPERM("Operation not permitted"),
    ENOENT("No such file or directory"),
    EEXIST("File exists"),
    ENOTDIR("Not a directory"),
    EISDIR("Is a directory"),
    ENOTEMPTY("Directory not empty"),
    EROFS("Read-only file system"),
    ENOSPC("No space left on device"),
    ELOOP("Too many levels of symbolic links"),
    EPIPE("Broken pipe"),
    EBADF("Bad file descriptor"),
    EINVAL("Invalid argument"),
    EBUSY("Device or resource busy"),
    EXDEV("Invalid cross-device link"),
    ESRCH("No such process"),
    EAGAIN("Resource temporarily unavailable"),
    EADDRINUSE("Address already in use"),
    EPROTO("Protocol error"),
    ECONNREFUSED("Connection refused"),
    ECONNRESET("Connection reset by peer"),
    ETIMEDOUT("Operation timed out"),
    EHOSTUNREACH("Host is unreachable"),
    ENETUNREACH("Network unreachable");

    private final String words;

    Errno(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
