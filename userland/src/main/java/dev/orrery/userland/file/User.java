package dev.orrery.userland.file;

import java.util.Set;

/** Who a process runs as. Number 0 may do everything that a read-only mount does not forbid. */
public record User(int uid, int gid, Set<Integer> groups) {
    public static final User ROOT = new User(0, 0, Set.of());

    public User {
        groups = Set.copyOf(groups);
    }

    /** Whether the mode lets the user read (4), write (2) or run and enter (1). */
    public boolean may(Node node, int bit) {
        if (uid == 0) {
            return bit != 1 || node instanceof Directory || (node.mode() & 0111) != 0;
        }
        int shift =
                uid == node.uid() ? 6 : gid == node.gid() || groups.contains(node.gid()) ? 3 : 0;
        return (node.mode() >> shift & bit) != 0;
    }
}
