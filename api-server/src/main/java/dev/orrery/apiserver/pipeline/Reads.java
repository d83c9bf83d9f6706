package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Page;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.selector.Selection;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gets and lists: of the newest state, of what is there, or of one version of the past. */
final class Reads {

    private static final String EXACT = "Exact";
    private static final String NOT_OLDER = "NotOlderThan";

    private final World world;

    Reads(World world) {
        this.world = world;
    }

    CompletionStage<Stored> get(ApiRequest request) {
        long version = version(request.parameters());
        Store store = world.store(request.kind());
        CompletionStage<ClusterState> state =
                request.parameters().has("resourceVersion")
                        ? notOlder(store, version)
                        : store.newest();
        return state.thenCompose(found -> {
            Stored object = found.get(request.key());
            if (object == null) {
                throw Refusals.notFound(request.kind().resource(), request.name());
            }
            CompletionStage<Stored> shown = world.conversions().shown(request.kind(), object);
            return shown == null ? CompletableFuture.completedFuture(object) : shown;
        });
    }

    CompletionStage<Page> list(ApiRequest request) {
        Selection selection = Selection.of(request.parameters(), request.kind());
        long limit = request.parameters().number("limit", 0);
        String token = request.parameters().text("continue");
        checkMatch(request.parameters());
        if (token.isEmpty()) {
            return state(request, limit)
                    .thenCompose(
                            state -> page(request, selection, state, ContinueToken.START, limit));
        }
        ContinueToken from = ContinueToken.parse(token);
        return continued(request, from)
                .thenCompose(state -> page(request, selection, state, from, limit));
    }

    private CompletionStage<Page> page(
            ApiRequest request,
            Selection selection,
            ClusterState state,
            ContinueToken from,
            long limit) {
        return new Paging(world, request, selection, state, from, limit).page();
    }

    private CompletionStage<ClusterState> state(ApiRequest request, long limit) {
        Store store = world.store(request.kind());
        if (!request.parameters().has("resourceVersion")) {
            return store.newest();
        }
        long version = version(request.parameters());
        String match = request.parameters().text("resourceVersionMatch");
        boolean exact = match.equals(EXACT) || (match.isEmpty() && limit > 0 && version > 0);
        return exact ? exactly(store, version) : notOlder(store, version);
    }

    private static CompletionStage<ClusterState> notOlder(Store store, long version) {
        return version <= store.current().resourceVersion()
                ? CompletableFuture.completedFuture(store.current())
                : store.atLeast(version);
    }

    private static CompletionStage<ClusterState> exactly(Store store, long version) {
        return notOlder(store, version)
                .thenApply(_ ->
                        store.at(version)
                                .orElseThrow(() ->
                                        Refusals.gone(
                                                "The resourceVersion for the"
                                                        + " provided list is too"
                                                        + " old.")));
    }

    private CompletionStage<ClusterState> continued(ApiRequest request, ContinueToken from) {
        Store store = world.store(request.kind());
        if (from.resourceVersion() < 0) {
            return store.newest();
        }
        if (from.isExpired(world.clock().instant())) {
            throw expired(from);
        }
        return notOlder(store, from.resourceVersion())
                .thenApply(_ -> store.at(from.resourceVersion()).orElseThrow(() -> expired(from)));
    }

    private static StatusException expired(ContinueToken from) {
        return Refusals.gone(
                        "The provided continue parameter is too old to display a consistent list"
                                + " result. You can start a new list without the continue parameter, or"
                                + " use the continue token in this response to retrieve the remainder"
                                + " of the results. Continuing with the provided token results in an"
                                + " inconsistent list - objects that were created, modified, or deleted"
                                + " between the time the first chunk was returned and now may show up"
                                + " in the list.")
                .withContinue(from.inconsistent().text());
    }

    static Collection<Stored> all(ClusterState state, GroupResource resource, String namespace) {
        return namespace.isEmpty() ? state.list(resource) : state.list(resource, namespace);
    }

    /** 0 where none is named; refuses what is no version. */
    static long version(Parameters parameters) {
        String text = parameters.text("resourceVersion");
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long version = Long.parseLong(text);
            if (version >= 0) {
                return version;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw Refusals.badRequest(
                "Invalid value: \""
                        + text
                        + "\": strconv.ParseUint: parsing \""
                        + text
                        + "\": invalid syntax");
    }

    private static void checkMatch(Parameters parameters) {
        String match = parameters.text("resourceVersionMatch");
        if (match.isEmpty() || parameters.flag("watch")) {
            return;
        }
        FieldErrors errors = new FieldErrors();
        FieldPath path = new FieldPath("resourceVersionMatch");
        String version = parameters.text("resourceVersion");
        if (version.isEmpty()) {
            errors.forbidden(
                    path, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (parameters.has("continue")) {
            errors.forbidden(path, "resourceVersionMatch is forbidden when continue is provided");
        }
        if (!match.equals(EXACT) && !match.equals(NOT_OLDER)) {
            errors.notSupported(path, match, List.of(EXACT, NOT_OLDER, ""));
        } else if (match.equals(EXACT) && version.equals("0")) {
            errors.forbidden(
                    path, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("meta.k8s.io", "ListOptions", "", errors.all());
        }
    }
}
