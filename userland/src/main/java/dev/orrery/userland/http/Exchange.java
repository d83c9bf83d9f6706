package dev.orrery.userland.http;

import java.util.function.Consumer;

/** A request that waits for its answer, which is given once, on the server's lane. */
public final class Exchange {

    private final HttpRequest request;
    private final Consumer<HttpResponse> answer;

    Exchange(HttpRequest request, Consumer<HttpResponse> answer) {
        this.request = request;
        this.answer = answer;
    }

    public HttpRequest request() {
        return request;
    }

    public void answer(HttpResponse response) {
        answer.accept(response);
    }
}
