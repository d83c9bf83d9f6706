package dev.orrery.userland.file;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads: the directory that holds (or would hold) the last name, and the node if there
 * is one. The path is absolute and free of links, except of the last name's where they were not
 * followed.
 */
public record Location(
        String path, Directory parent, String name, @Nullable Node node, boolean readOnly) {

    public Node existing() {
        if (node == null) {
            throw new FileException(Errno.ENOENT);
        }
        return node;
    }

    void checkWritable() {
        if (readOnly) {
            throw new FileException(Errno.EROFS);
        }
    }
}
