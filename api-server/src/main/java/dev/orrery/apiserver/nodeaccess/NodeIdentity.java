package dev.orrery.apiserver.nodeaccess;

import dev.orrery.apiserver.user.User;

/** Which users are nodes. */
public final class NodeIdentity {

    public static final String PREFIX = "system:node:";
    public static final String GROUP = "system:nodes";

    private NodeIdentity() {}

    public static boolean isNode(User user) {
        return user.name().startsWith(PREFIX) && user.isIn(GROUP);
    }

    /** The node's name; may be empty. */
    public static String name(User node) {
        return node.name().substring(PREFIX.length());
    }
}
