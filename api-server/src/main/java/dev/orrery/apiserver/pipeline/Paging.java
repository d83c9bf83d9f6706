package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Page;
import dev.orrery.apiserver.selector.Selection;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One page of a list, on its way. Used by one thread at a time. */
final class Paging {

    /** Objects that are shown at once, where a webhook has to be asked for them. */
    private static final int CHUNK = 500;

    private final World world;
    private final ApiRequest request;
    private final Selection selection;
    private final ClusterState state;
    private final ContinueToken from;
    private final long limit;
    private final Iterator<Stored> rest;
    private final List<Stored> items = new ArrayList<>();

    Paging(
            World world,
            ApiRequest request,
            Selection selection,
            ClusterState state,
            ContinueToken from,
            long limit) {
        this.world = world;
        this.request = request;
        this.selection = selection;
        this.state = state;
        this.from = from;
        this.limit = limit;
        this.rest = after().iterator();
    }

    private Collection<Stored> after() {
        GroupResource resource = request.kind().storage();
        return from.isStart()
                ? Reads.all(state, resource, request.namespace())
                : state.after(resource, request.namespace(), from.namespace(), from.name());
    }

    /**
     * Fails with a StatusException where an object cannot be shown in the version that is asked.
     */
    CompletionStage<Page> page() {
        while (rest.hasNext() && missing() > 0) {
            List<Stored> chunk = chunk();
            CompletionStage<List<Stored>> asked = world.conversions().shown(request.kind(), chunk);
            if (asked != null && !asked.toCompletableFuture().isDone()) {
                return asked.thenComposeAsync(
                        shown -> {
                            take(shown);
                            return page();
                        },
                        world.executor());
            }
            take(asked == null ? chunk : asked.toCompletableFuture().join());
        }
        return CompletableFuture.completedFuture(whole());
    }

    private long missing() {
        return limit <= 0 ? CHUNK : limit - items.size();
    }

    /** No more than there is room for: what follows the page is not looked at. */
    private List<Stored> chunk() {
        int size = (int) Math.min(CHUNK, missing());
        List<Stored> chunk = new ArrayList<>(size);
        while (rest.hasNext() && chunk.size() < size) {
            chunk.add(rest.next());
        }
        return chunk;
    }

    private void take(List<Stored> objects) {
        for (Stored object : objects) {
            if (selection.matches(object)) {
                items.add(object);
            }
        }
    }

    private Page whole() {
        if (!rest.hasNext()) {
            return new Page(state.resourceVersion(), items, "", -1);
        }
        Stored last = items.getLast();
        String next =
                new ContinueToken(
                                state.resourceVersion(),
                                last.key().namespace(),
                                last.key().name(),
                                from.resourceVersion() <= 0
                                        ? world.clock().instant()
                                        : from.issued())
                        .text();
        return new Page(
                state.resourceVersion(), items, next, selection.isEverything() ? count() : -1);
    }

    private long count() {
        long count = 0;
        for (; rest.hasNext(); rest.next()) {
            count++;
        }
        return count;
    }
}
