package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.answer.Event;
import dev.orrery.apiserver.answer.EventLines;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.selector.Selection;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.ExpiredException;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Watch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Begins watches: from a version, or from the state of now and then on. */
final class Watches {

    /** As Kubernetes: between half an hour and an hour, so that not all come back at once. */
    private static final long MIN_SECONDS = 1800;

    private final World world;

    Watches(World world) {
        this.world = world;
    }

    CompletionStage<WatchStream> watch(ApiRequest request) {
        checkOptions(request.parameters());
        Selection selection = Selection.of(request.parameters(), request.kind());
        Selection wanted = request.name().isEmpty() ? selection : selection.named(request.name());
        WatchStream stream =
                new WatchStream(
                        new EventLines(request, wanted, world.clock()),
                        request.parameters().flag("allowWatchBookmarks"),
                        EventConversion.of(world, request.kind()));
        return state(request).thenApply(state -> begin(request, state, stream));
    }

    /** The state to begin with, where it is to be told; else the state after that version. */
    private CompletionStage<ClusterState> state(ApiRequest request) {
        Store store = world.store(request.kind());
        long version = Reads.version(request.parameters());
        if (!request.parameters().has("resourceVersion")) {
            return store.newest();
        }
        return version <= store.current().resourceVersion()
                ? CompletableFuture.completedFuture(store.current())
                : store.atLeast(version);
    }

    private WatchStream begin(ApiRequest request, ClusterState state, WatchStream stream) {
        Parameters parameters = request.parameters();
        long version = Reads.version(parameters);
        boolean wantsState =
                parameters.has("sendInitialEvents")
                        ? parameters.flag("sendInitialEvents")
                        : version == 0;
        long from = wantsState || version == 0 ? state.resourceVersion() : version;
        if (wantsState) {
            stream.begin(
                    Reads.all(state, request.kind().storage(), request.namespace()).iterator());
        }
        if (wantsState
                && parameters.flag("sendInitialEvents")
                && parameters.flag("allowWatchBookmarks")) {
            stream.put(new Event.Bookmark(from, true));
        }
        Watch watch = follow(request, from, stream);
        stream.holds(
                watch,
                world.clock().schedule(lifetime(parameters), () -> stream.put(new Event.Ended())));
        return stream;
    }

    private @Nullable Watch follow(ApiRequest request, long from, WatchStream stream) {
        try {
            return world.store(request.kind())
                    .watch(request.kind().storage(), request.namespace(), from, stream);
        } catch (ExpiredException e) {
            stream.end(e);
            return null;
        }
    }

    private Duration lifetime(Parameters parameters) {
        long seconds = parameters.number("timeoutSeconds", 0);
        return Duration.ofSeconds(
                seconds > 0
                        ? seconds
                        : MIN_SECONDS + world.identities().random().nextLong(MIN_SECONDS));
    }

    private static void checkOptions(Parameters parameters) {
        FieldErrors errors = new FieldErrors();
        FieldPath match = new FieldPath("resourceVersionMatch");
        String matching = parameters.text("resourceVersionMatch");
        boolean initial = parameters.has("sendInitialEvents");
        if (initial && matching.isEmpty()) {
            errors.forbidden(
                    match,
                    "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        } else if (initial && !matching.equals("NotOlderThan")) {
            errors.notSupported(match, matching, List.of("NotOlderThan"));
        } else if (!initial && !matching.isEmpty()) {
            errors.forbidden(
                    match,
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is"
                            + " provided");
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("meta.k8s.io", "ListOptions", "", errors.all());
        }
    }
}
