package dev.orrery.apiserver.structural;

/** The place where a walk through an object is, as messages write it. Used by one thread. */
final class Walk {

    private final StringBuilder path = new StringBuilder();

    /** Goes to a field; give what it returns to {@link #back}. */
    int field(String name) {
        int before = path.length();
        if (before > 0) {
            path.append('.');
        }
        path.append(name);
        return before;
    }

    int item(int index) {
        int before = path.length();
        path.append('[').append(index).append(']');
        return before;
    }

    /** To the entry of a map, where messages write it in brackets. */
    int entry(String key) {
        int before = path.length();
        path.append('[').append(key).append(']');
        return before;
    }

    void back(int before) {
        path.setLength(before);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
