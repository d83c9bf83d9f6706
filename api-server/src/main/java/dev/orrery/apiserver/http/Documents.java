package dev.orrery.apiserver.http;

import dev.orrery.apiserver.request.ApiResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What is read over HTTP and is not a resource. */
public interface Documents {

    /** May throw a {@link dev.orrery.apiserver.status.StatusException}. */
    CompletionStage<ApiResponse> get(HttpRequest request, List<String> segments);
}
