package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The object that a request brings, whatever there was. */
record Replacing(Body body) implements Edit {

    @Override
    public ObjectNode edit(ObjectNode current) {
        return body.get();
    }

    @Override
    public boolean leavesCurrent() {
        return true;
    }
}
