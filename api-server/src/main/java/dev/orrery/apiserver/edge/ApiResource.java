package dev.orrery.apiserver.edge;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * Every path of the API: which there are is found out at run time, and what is wrong with a request
 * is the core's to say. So there are no media types here, which would be refused before the core.
 */
@Path("{path:.*}")
public final class ApiResource {

    private final HttpEdge edge;

    ApiResource(HttpEdge edge) {
        this.edge = edge;
    }

    @GET
    public Uni<Response> get(@Context HttpServerRequest request) {
        return edge.withoutBody(request);
    }

    @HEAD
    public Uni<Response> head(@Context HttpServerRequest request) {
        return edge.withoutBody(request);
    }

    @POST
    public Uni<Response> post(@Context HttpServerRequest request) {
        return edge.withBody(request);
    }

    @PUT
    public Uni<Response> put(@Context HttpServerRequest request) {
        return edge.withBody(request);
    }

    @PATCH
    public Uni<Response> patch(@Context HttpServerRequest request) {
        return edge.withBody(request);
    }

    @DELETE
    public Uni<Response> delete(@Context HttpServerRequest request) {
        return edge.withBody(request);
    }

    @OPTIONS
    public Uni<Response> options(@Context HttpServerRequest request) {
        return edge.withBody(request);
    }
}
