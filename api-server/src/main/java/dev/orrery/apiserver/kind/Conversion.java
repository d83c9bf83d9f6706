package dev.orrery.apiserver.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns the objects of one version into the version that is stored, and back. */
public interface Conversion {

    /** The version that is stored. */
    Conversion NONE =
            new Conversion() {
                @Override
                public void toStorage(ObjectNode object) {}

                @Override
                public void fromStorage(ObjectNode object) {}
            };

    /** Changes the object. */
    void toStorage(ObjectNode object);

    /** Changes the object. */
    void fromStorage(ObjectNode object);
}
