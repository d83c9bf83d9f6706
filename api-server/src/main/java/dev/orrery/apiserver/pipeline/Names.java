package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;

/** The name in a body and the one in the path. */
final class Names {

    private Names() {}

    /** Fills in the name that the body leaves out, and refuses another one. */
    static void check(Metadata metadata, ApiRequest request) {
        if (metadata.name().isEmpty()) {
            metadata.put(Metadata.NAME, request.name());
        } else if (!metadata.name().equals(request.name())) {
            throw Refusals.badRequest(
                    "the name of the object ("
                            + metadata.name()
                            + ") does not match the name on the URL ("
                            + request.name()
                            + ")");
        }
    }
}
