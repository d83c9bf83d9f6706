package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.answer.StatusJson;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Trait;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.pipeline.Written.Effect;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.apiserver.store.Stored;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What each verb does with the objects of any kind. */
public final class Pipeline {

    private static final String PODS_STAY =
            "child pods are preserved by default when jobs are deleted; set"
                    + " propagationPolicy=Background to remove them or set propagationPolicy=Orphan"
                    + " to suppress this warning";

    private final World world;
    private final Writes writes;
    private final Reads reads;
    private final Watches watches;
    private final Answers answers;
    private final Collections collections;

    public Pipeline(World world) {
        this.world = world;
        this.writes = new Writes(world);
        this.reads = new Reads(world);
        this.watches = new Watches(world);
        this.answers = new Answers(world.clock());
        this.collections = new Collections(world, reads, writes);
    }

    /** Any verb but watch, on an object or on a part that is changed like one. */
    public CompletionStage<ApiResponse> handle(ApiRequest request) {
        return switch (request.verb()) {
            case GET ->
                    reads.get(request)
                            .thenApply(object ->
                                    answers.object(
                                            request,
                                            200,
                                            object.value(),
                                            object.resourceVersion()));
            case LIST -> reads.list(request).thenApply(page -> answers.page(request, page));
            case CREATE -> create(request);
            case UPDATE -> update(request);
            case PATCH -> patch(request);
            case DELETE -> delete(request);
            case DELETE_COLLECTION ->
                    collections.delete(request).thenApply(page -> answers.page(request, page));
            case WATCH -> throw new IllegalArgumentException("a watch has no single answer");
        };
    }

    /** A change of the caller's own. */
    public CompletionStage<Written> write(ApiRequest request, Change change) {
        return writes.write(request, change);
    }

    /** A new version of the object itself, checked as if a client had sent it. */
    public CompletionStage<Written> update(ApiRequest request, Edit edit) {
        Known known = edit instanceof Applying applying ? applying.known() : new Known();
        return writes.write(request, new Update(world, request, edit, Parts.of(""), known));
    }

    /** The newest version of the object that the request is about; 404 where there is none. */
    public CompletionStage<Stored> read(ApiRequest request) {
        return reads.get(request);
    }

    /** Asks admission about a connection; fails with a StatusException where it is not to be. */
    public CompletionStage<Void> connect(ApiRequest request) {
        return new Connecting(world).connect(request);
    }

    /** Asks admission about an action; may change its body. */
    public CompletionStage<Void> act(ApiRequest request, ObjectNode body) {
        return new Connecting(world).act(request, body);
    }

    public CompletionStage<WatchStream> watch(ApiRequest request) {
        return watches.watch(request);
    }

    private CompletionStage<ApiResponse> create(ApiRequest request) {
        request.parameters().checkWrite("CreateOptions");
        Body body = Body.of(world, request);
        return writes.write(request, new Create(world, request, body, false))
                .thenApply(written -> answer(request, written, body.warnings()));
    }

    private CompletionStage<ApiResponse> update(ApiRequest request) {
        request.parameters().checkWrite("UpdateOptions");
        Body body = Body.of(world, request);
        Part part = part(request);
        Update update = new Update(world, request, new Replacing(body), part);
        boolean mayCreate =
                request.kind().has(Trait.CREATE_ON_UPDATE) && request.subresource().isEmpty();
        Change change = mayCreate ? new UpdateOrCreate(update, body) : update;
        return writes.write(request, change)
                .thenApply(written -> answer(request, written, body.warnings()));
    }

    private CompletionStage<ApiResponse> patch(ApiRequest request) {
        request.parameters().checkPatch(Applying.isMeant(request));
        if (Applying.isMeant(request)) {
            return apply(request);
        }
        Patching patching = Patching.of(world, request);
        return writes.write(request, new Update(world, request, patching, part(request)))
                .thenApply(written -> answer(request, written, patching.warnings()));
    }

    private CompletionStage<ApiResponse> apply(ApiRequest request) {
        Applying applying = Applying.of(world, request, part(request));
        Update update = new Update(world, request, applying, part(request), applying.known());
        return writes.write(request, new ApplyOrCreate(update, applying))
                .thenApply(written -> answer(request, written, applying.warnings()));
    }

    private static Part part(ApiRequest request) {
        return Parts.of(request.subresource());
    }

    private ApiResponse answer(ApiRequest request, Written written, List<String> warnings) {
        int code = written.is(Effect.CREATED) ? 201 : 200;
        return answers.object(request, code, written.value(), written.resourceVersion())
                .withWarnings(warnings);
    }

    private CompletionStage<ApiResponse> delete(ApiRequest request) {
        DeleteOptions options = DeleteOptions.of(world, request);
        ApiRequest effective = options.dryRun() ? request.asDryRun() : request;
        return writes.write(effective, new Delete(world, effective, options))
                .thenApply(written ->
                        deleted(effective, written).withWarnings(warnings(request, options)));
    }

    private static List<String> warnings(ApiRequest request, DeleteOptions options) {
        boolean surprising =
                request.kind().plural().equals("jobs") && options.propagation().isEmpty();
        return surprising ? List.of(PODS_STAY) : List.of();
    }

    private ApiResponse deleted(ApiRequest request, Written written) {
        boolean shown = !written.is(Effect.REMOVED) || request.kind().has(Trait.RETURNS_DELETED);
        if (shown) {
            return answers.object(request, 200, written.value(), written.resourceVersion());
        }
        ObjectNode object = Trees.read(written.value());
        return Answers.made(
                        request.plain(),
                        200,
                        StatusJson.success(
                                new Details(
                                        request.name(),
                                        request.kind().group(),
                                        request.kind().plural(),
                                        Metadata.of(object).uid(),
                                        List.of(),
                                        0,
                                        "")))
                .ofWrite(written.resourceVersion());
    }
}
