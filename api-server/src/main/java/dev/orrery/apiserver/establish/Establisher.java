package dev.orrery.apiserver.establish;

import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.aggregation.DiscoveryCheck;
import dev.orrery.apiserver.definition.Definition;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings definitions into effect and out of it, and keeps the list of APIServices in step with what
 * is served.
 */
public final class Establisher implements AutoCloseable {

    /** Nobody waits for the list of APIServices while everything starts. */
    private static final Duration AFTER_THE_START = Duration.ofSeconds(3);

    private final World world;
    private final Definitions definitions;
    private final Registrar registrar;
    private final Rechecks rechecks;
    private final Follower described;
    private final Follower services;
    private Clock.@Nullable Timer timer;

    /**
     * @param delegates those whose APIServices are somebody else's, and told of by checks
     */
    public Establisher(World world, Pipeline pipeline, DiscoveryCheck check, Delegates delegates) {
        this.world = world;
        this.definitions = new Definitions(world, pipeline);
        this.registrar = new Registrar(world, pipeline);
        this.rechecks = new Rechecks(world, registrar, check, delegates);
        this.described = new Follower(world, Definition.RESOURCE, this::bringUpToDate);
        this.services = new Follower(world, Registrar.RESOURCE, this::register);
    }

    /** After the log has been read. */
    public void start() {
        described.start();
        timer = world.clock().schedule(AFTER_THE_START, this::register);
    }

    private CompletionStage<Boolean> register(String name) {
        return rechecks.bringUpToDate(name, services::enqueue);
    }

    private void register() {
        services.start();
        registrar.names().forEach(services::enqueue);
    }

    private CompletionStage<Boolean> bringUpToDate(String name) {
        return definitions
                .bringUpToDate(name)
                .thenApply(settled -> {
                    String group = name.substring(name.indexOf('.') + 1);
                    registrar.names(group).forEach(services::enqueue);
                    if (!exists(name)) {
                        freeNames(group);
                    }
                    return settled;
                });
    }

    private boolean exists(String name) {
        ObjectKey key = new ObjectKey(Definition.RESOURCE, "", name);
        return world.stores().registry().current().get(key) != null;
    }

    /** The names of a definition that is gone are free for the others of its group. */
    private void freeNames(String group) {
        for (Stored other : world.stores().registry().current().list(Definition.RESOURCE)) {
            if (other.key().name().endsWith("." + group)) {
                described.enqueue(other.key().name());
            }
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
        rechecks.close();
        described.close();
        services.close();
    }
}
