package dev.orrery.apiserver.http;

import dev.orrery.apiserver.pipeline.WatchStream;
import dev.orrery.apiserver.request.ApiResponse;

/** What is sent back. */
public sealed interface Answer {

    /** All at once. */
    record Whole(ApiResponse response) implements Answer {}

    /** Line by line, for as long as the client listens. */
    record Streaming(WatchStream lines, String contentType) implements Answer {}
}
