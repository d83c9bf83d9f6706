package dev.orrery.apiserver.cel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.AbstractList;
import java.util.RandomAccess;

/** A JSON array as an expression sees it: a view. */
final class JsonList extends AbstractList<Object> implements RandomAccess {

    private final ArrayNode node;
    private final DeclaredType element;

    JsonList(ArrayNode node, DeclaredType element) {
        this.node = node;
        this.element = element;
    }

    ArrayNode node() {
        return node;
    }

    @Override
    public Object get(int index) {
        return Json.wrap(node.get(index), element);
    }

    @Override
    public int size() {
        return node.size();
    }
}
