package dev.orrery.schema.apply;

import java.util.Arrays;

/** The place where a walk is. Elements are put into words only when somebody asks for the place. */
final class FieldPath {

    private String[] names = new String[16];
    private boolean[] items = new boolean[16];
    private int depth;

    void field(String name) {
        push(name, false);
    }

    /**
     * @param element of a list's item
     */
    void item(String element) {
        push(element, true);
    }

    private void push(String name, boolean item) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            items = Arrays.copyOf(items, depth * 2);
        }
        names[depth] = name;
        items[depth++] = item;
    }

    void pop() {
        depth--;
    }

    /**
     * @param set that grows
     */
    void addTo(FieldSet set) {
        FieldSet at = set;
        for (int i = 0; i < depth; i++) {
            at = at.grow(element(i));
        }
        at.becomeMember();
    }

    private String element(int i) {
        return items[i] ? names[i] : Element.field(names[i]);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(Element.shown(element(i)));
        }
        return text.toString();
    }
}
