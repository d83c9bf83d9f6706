package dev.orrery.scheduler.framework;

/** A plugin could not do its work for a pod; the pod is tried again after a while. */
public final class PluginFailedException extends RuntimeException {

    PluginFailedException(String point, Plugin plugin, RuntimeException cause) {
        super(message(point, plugin, String.valueOf(cause.getMessage())), cause);
    }

    static String message(String point, Plugin plugin, String reason) {
        return "running " + point + " plugin \"" + plugin.name() + "\": " + reason;
    }
}
