package dev.orrery.launcher.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** How much memory a process holds, as the operating system counts it. */
public final class Memory {

    private Memory() {}

    /** Resident set size in bytes; empty where {@code ps} does not say. */
    public static OptionalLong resident(ProcessHandle process) throws IOException {
        Process ps =
                new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
        String kibibytes =
                new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return kibibytes.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(kibibytes) * 1024);
    }
}
