package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What Quarkus refuses before the resource sees it is answered by a Status too. */
@Provider
public final class Unrouted implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable failure) {
        return Responses.of(Answers.refusal(refusal(failure)));
    }

    private static StatusException refusal(Throwable failure) {
        if (!(failure instanceof WebApplicationException web)) {
            return Failures.of(failure);
        }
        int code = web.getResponse().getStatus();
        return switch (code) {
            case 404 -> Refusals.noSuchPath();
            case 405 -> Refusals.methodNotAllowed();
            default ->
                    code < 500
                            ? Refusals.badRequest("the request cannot be read")
                            : Failures.of(failure);
        };
    }
}
