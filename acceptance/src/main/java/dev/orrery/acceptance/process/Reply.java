package dev.orrery.acceptance.process;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of a request. */
public sealed interface Reply {

    /** The server said this. */
    record Answer(int code, JsonNode body) implements Reply {}

    /** No answer: the server was not reached, or went silent. */
    record Silence(boolean mayHaveHappened, String why) implements Reply {}

    /** The code; 0 for none. */
    default int code() {
        return this instanceof Answer answer ? answer.code() : 0;
    }

    default boolean isSuccess() {
        return code() / 100 == 2;
    }

    /** For a write: it is certain that nothing was done. */
    default boolean certainlyNot() {
        return switch (this) {
            case Answer(int code, var _) -> code / 100 == 4 || code == 503;
            case Silence(boolean mayHaveHappened, var _) -> !mayHaveHappened;
        };
    }
}
