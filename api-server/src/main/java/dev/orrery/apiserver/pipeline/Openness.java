package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.cel.function.Access;

/** Every known user may do everything. */
enum Openness implements Access {
    EVERYTHING;

    private static final Decision YES = new Decision(true, "every known user may do everything");

    @Override
    public Decision resource(Subject user, String verb, Resource resource) {
        return YES;
    }

    @Override
    public Decision path(Subject user, String verb, String path) {
        return YES;
    }
}
