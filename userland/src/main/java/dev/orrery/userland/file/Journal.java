package dev.orrery.userland.file;

/**
 * Told of every change of a volume, in the order in which the changes take effect: each call is
 * made within the change, so that no other comes in between.
 */
interface Journal {
    /** Its mode, owner or time. Of a node that no directory names yet nothing is told. */
    void changed(Node node);

    /** The first time for a node, this is its beginning, and it is still empty. */
    void entered(Directory in, String name, Node node);

    void left(Directory from, String name);

    void wrote(RegularFile file, long position, byte[] from, int offset, int count);

    void resized(RegularFile file, long length);

    Journal NONE =
            new Journal() {
                @Override
                public void changed(Node node) {}

                @Override
                public void entered(Directory in, String name, Node node) {}

                @Override
                public void left(Directory from, String name) {}

                @Override
                public void wrote(
                        RegularFile file, long position, byte[] from, int offset, int count) {}

                @Override
                public void resized(RegularFile file, long length) {}
            };
}
