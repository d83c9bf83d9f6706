package dev.orrery.kubelet.process;

/** The kinds of sessions with a container's processes. */
final class Sessions {

    private static final int HANG_UP = 1;

    private Sessions() {}

    /** A command of one's own, which ends when nobody listens any more. */
    record Run(dev.orrery.userland.Session process) implements Session {

        @Override
        public boolean write(byte[] bytes, Runnable drained) {
            return process.write(bytes, drained);
        }

        @Override
        public void endInput() {
            process.closeInput();
        }

        @Override
        public void resize(int columns, int rows) {
            process.resize(columns, rows);
        }

        @Override
        public void resume() {
            process.resume();
        }

        @Override
        public void close() {
            process.resume();
            process.closeInput();
            process.signal(HANG_UP);
        }
    }

    /**
     * The container's own process, which goes on without its listeners.
     *
     * @param typing whether what is written reaches the process
     * @param once the end of this input is the end of all input
     */
    record Attached(
            dev.orrery.userland.Session process,
            boolean typing,
            boolean once,
            ContainerOutput output,
            SessionOutput listener)
            implements Session {

        @Override
        public boolean write(byte[] bytes, Runnable drained) {
            return !typing || process.write(bytes, drained);
        }

        @Override
        public void endInput() {
            if (typing && once) {
                process.closeInput();
            }
        }

        @Override
        public void resize(int columns, int rows) {
            process.resize(columns, rows);
        }

        @Override
        public void resume() {
            process.resume();
        }

        @Override
        public void close() {
            output.leave(listener);
            endInput();
            process.resume();
        }
    }

    /** A command that could not be started. */
    record Nobody() implements Session {

        @Override
        public boolean write(byte[] bytes, Runnable drained) {
            return true;
        }

        @Override
        public void endInput() {}

        @Override
        public void resize(int columns, int rows) {}

        @Override
        public void resume() {}

        @Override
        public void close() {}
    }
}
