package dev.orrery.controllermanager.clusterrole;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import java.util.List;

/** Gives aggregated cluster roles the rules of those that they are made of. */
public final class ClusterRoleAggregation implements Reconciler {

    private static final String AGGREGATED = "aggregated";
    private static final int WORKERS = 2;

    private final Informer<ClusterRole> roles;
    private final Index<ClusterRole> aggregated =
            new Index<>(AGGREGATED, ClusterRoleAggregation::aggregated);
    private final StoreClient store;

    private ClusterRoleAggregation(Surroundings surroundings) {
        this.roles = surroundings.informers().of(ClusterRole.class);
        this.store = surroundings.store();
        roles.addIndex(aggregated);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ClusterRoleAggregation controller = new ClusterRoleAggregation(surroundings);
        ReconcileLoop loop =
                new ReconcileLoop("clusterroleaggregation", controller, surroundings, WORKERS);
        loop.watch(controller.roles, _ -> controller.aggregatedKeys());
        return loop;
    }

    /** Any role may become, or cease to be, a part of one. */
    private List<Key> aggregatedKeys() {
        return roles.byIndex(aggregated, AGGREGATED).stream()
                .map(role -> new Key("", role.getMetadata().getName()))
                .toList();
    }

    private static List<String> aggregated(ClusterRole role) {
        return isAggregated(role) ? List.of(AGGREGATED) : List.of();
    }

    private static boolean isAggregated(ClusterRole role) {
        return role.getAggregationRule() != null
                && role.getAggregationRule().getClusterRoleSelectors() != null;
    }

    @Override
    public Result reconcile(Key key) {
        ClusterRole role = roles.get("", key.name());
        if (role != null && isAggregated(role)) {
            AggregationPlan.of(role, List.copyOf(roles.list()))
                    .rules()
                    .ifPresent(rules ->
                            store.update(new ClusterRoleBuilder(role).withRules(rules).build()));
        }
        return Result.DONE;
    }
}
