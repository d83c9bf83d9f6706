package dev.orrery.kubelet.image;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one program of an image does.
 *
 * @param kind which of the programs that the kubelet brings it is
 * @param output what it writes when it starts
 * @param serves the ports that a server listens on
 * @param root the folder whose files it serves over HTTP; empty where it speaks something else
 * @param startup how long it takes before it listens
 * @param exitCode with which a command ends; null: it runs until it is stopped
 * @param termCode with which SIGTERM makes it end; null: it does not hear it
 */
public record ProgramSpec(
        String kind,
        String output,
        List<Integer> serves,
        String root,
        Duration startup,
        @Nullable Integer exitCode,
        @Nullable Integer termCode) {

    /** A server that nobody described. */
    public static final ProgramSpec ANY =
            new ProgramSpec("any", "", List.of(), "", Duration.ZERO, null, 0);

    public ProgramSpec {
        serves = List.copyOf(serves);
    }
}
