package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All webhooks of a state of the registry, by the names of their configurations. Immutable: the
 * next state's is made from it, and reads only what is new.
 */
public final class HookIndex {

    public static final HookIndex EMPTY = new HookIndex(Map.of(), List.of(), List.of());

    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource VALIDATING =
            new GroupResource(GROUP, "validatingwebhookconfigurations");
    private static final GroupResource MUTATING =
            new GroupResource(GROUP, "mutatingwebhookconfigurations");

    private final Map<ObjectKey, Made> made;
    private final List<Webhook> mutating;
    private final List<Webhook> validating;

    private record Made(long resourceVersion, List<Webhook> webhooks) {}

    private HookIndex(Map<ObjectKey, Made> made, List<Webhook> mutating, List<Webhook> validating) {
        this.made = made;
        this.mutating = List.copyOf(mutating);
        this.validating = List.copyOf(validating);
    }

    List<Webhook> mutating() {
        return mutating;
    }

    List<Webhook> validating() {
        return validating;
    }

    public boolean mutatesNothing() {
        return mutating.isEmpty();
    }

    public boolean validatesNothing() {
        return validating.isEmpty();
    }

    /** The index of another state. */
    public HookIndex next(ClusterState state) {
        Map<ObjectKey, Made> all = new HashMap<>();
        List<Webhook> mutators = webhooks(state, MUTATING, all);
        List<Webhook> validators = webhooks(state, VALIDATING, all);
        return new HookIndex(Map.copyOf(all), mutators, validators);
    }

    private List<Webhook> webhooks(
            ClusterState state, GroupResource resource, Map<ObjectKey, Made> all) {
        List<Webhook> webhooks = new ArrayList<>();
        for (Stored stored : state.list(resource)) {
            Made known = made.get(stored.key());
            if (known == null || known.resourceVersion() != stored.resourceVersion()) {
                known = new Made(stored.resourceVersion(), read(stored));
            }
            all.put(stored.key(), known);
            webhooks.addAll(known.webhooks());
        }
        return webhooks;
    }

    private static List<Webhook> read(Stored stored) {
        ObjectNode configuration = Trees.read(stored.value());
        List<Webhook> webhooks = new ArrayList<>();
        for (JsonNode webhook : configuration.path("webhooks")) {
            webhooks.add(Webhook.of(webhook, stored.key().name()));
        }
        return List.copyOf(webhooks);
    }
}
