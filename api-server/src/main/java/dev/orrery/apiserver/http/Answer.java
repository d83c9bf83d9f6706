package dev.orrery.apiserver.http;

import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.request.ApiResponse;

/** What is sent back. */
public sealed interface Answer {

    /** All at once. */
    record Whole(ApiResponse response) implements Answer {}

    /** Piece by piece, for as long as the client listens. */
    record Streaming(Outflow pieces, String contentType) implements Answer {}
}
