package dev.orrery.kubelet.process;

/** The signals with which a kubelet ends a container. */
public enum Signal {
    TERM(15),
    KILL(9);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
