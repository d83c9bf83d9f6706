package dev.orrery.kubelet.mount;

/** Where files of a volume come from. What it last found there it keeps if it goes away. */
interface FileSource {

    /**
     * Looks whether there is anything new. May block; any thread.
     *
     * @return equal to what it was before exactly where the files are the same
     */
    Object look();

    /** Adds the files as they were when it last looked. */
    void collect(Payload payload);
}
