package dev.orrery.controllermanager.flowschema;

import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchema;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaBuilder;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaCondition;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaConditionBuilder;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfiguration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the condition Dangling of FlowSchemas, and leaves their other conditions alone. In
 * Kubernetes the api-server does this beside the queueing, which is not simulated.
 */
public final class FlowSchemaController implements Reconciler {

    private static final int WORKERS = 1;
    private static final String DANGLING = "Dangling";

    private final Informer<FlowSchema> schemas;
    private final Informer<PriorityLevelConfiguration> levels;
    private final Index<FlowSchema> byLevel =
            new Index<>("level", schema -> List.of(level(schema)));
    private final StoreClient store;
    private final InstantSource clock;

    private FlowSchemaController(Surroundings surroundings) {
        this.schemas = surroundings.informers().of(FlowSchema.class);
        this.levels = surroundings.informers().of(PriorityLevelConfiguration.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        schemas.addIndex(byLevel);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        FlowSchemaController controller = new FlowSchemaController(surroundings);
        ReconcileLoop loop = new ReconcileLoop("flowschema", controller, surroundings, WORKERS);
        loop.watch(controller.schemas);
        loop.watch(controller.levels, controller::referring);
        return loop;
    }

    private List<Key> referring(PriorityLevelConfiguration level) {
        return schemas.byIndex(byLevel, level.getMetadata().getName()).stream()
                .map(Key::of)
                .toList();
    }

    private static String level(FlowSchema schema) {
        return schema.getSpec() == null
                ? ""
                : schema.getSpec().getPriorityLevelConfiguration().getName();
    }

    @Override
    public Result reconcile(Key key) {
        FlowSchema schema = schemas.get("", key.name());
        if (schema != null) {
            say(schema, levels.get("", level(schema)) == null);
        }
        return Result.DONE;
    }

    /** Writes nothing where that is said already. */
    private void say(FlowSchema schema, boolean dangling) {
        String message =
                "This FlowSchema references the PriorityLevelConfiguration object named \""
                        + level(schema)
                        + (dangling ? "\" but there is no such object" : "\" and it exists");
        String status = dangling ? "True" : "False";
        List<FlowSchemaCondition> conditions = new ArrayList<>();
        for (FlowSchemaCondition present : present(schema)) {
            if (!present.getType().equals(DANGLING)) {
                conditions.add(present);
            } else if (status.equals(present.getStatus()) && message.equals(present.getMessage())) {
                return;
            }
        }
        conditions.add(
                new FlowSchemaConditionBuilder()
                        .withType(DANGLING)
                        .withStatus(status)
                        .withLastTransitionTime(Timestamps.format(clock.instant()))
                        .withReason(dangling ? "NotFound" : "Found")
                        .withMessage(message)
                        .build());
        store.updateStatus(
                new FlowSchemaBuilder(schema)
                        .withNewStatus()
                        .withConditions(conditions)
                        .endStatus()
                        .build());
    }

    private static List<FlowSchemaCondition> present(FlowSchema schema) {
        return schema.getStatus() == null ? List.of() : schema.getStatus().getConditions();
    }
}
