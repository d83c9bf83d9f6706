package dev.orrery.apiserver.action;

import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import java.util.concurrent.CompletionStage;

/** What happens at one path, whichever of its verbs is used. Any thread, many at a time. */
@FunctionalInterface
interface Action {

    /** Refuses by throwing a StatusException or by failing with one. */
    CompletionStage<ApiResponse> run(ApiRequest request);
}
