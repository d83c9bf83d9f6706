package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.ownership.Claimant;
import dev.orrery.apiserver.ownership.Owner;
import dev.orrery.apiserver.request.ApiRequest;

/** Who changes fields by a request. */
final class Claims {

    private Claims() {}

    static Claimant of(World world, ApiRequest request, Part part) {
        return new Claimant(
                request.kind(),
                request.subresource(),
                Owner.manager(request.parameters().text("fieldManager"), request.userAgent()),
                part.ignored(request.kind()),
                Times.text(world.clock().instant()));
    }
}
