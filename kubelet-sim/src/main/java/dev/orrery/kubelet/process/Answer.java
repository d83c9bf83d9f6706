package dev.orrery.kubelet.process;

/**
 * What a process answers to a check.
 *
 * @param message why not, in the words of a kubelet's probe; empty on success
 * @param lasting the same question will be answered the same way for as long as the process lives,
 *     so there is no need to ask again
 */
public record Answer(boolean good, String message, boolean lasting) {

    public static final Answer ALWAYS_GOOD = new Answer(true, "", true);
}
