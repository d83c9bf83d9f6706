package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Same;
import java.util.List;

/**
 * What may change in a job: little once it runs; while it is suspended and has no pods, where they
 * are to go and how much they ask for.
 */
final class JobUpdateRules {

    private static final List<String> FROZEN =
            List.of(
                    "completionMode",
                    "podFailurePolicy",
                    "backoffLimitPerIndex",
                    "managedBy",
                    "successPolicy");
    private static final List<String> DIRECTIVES =
            List.of("nodeSelector", "tolerations", "schedulingGates");

    private JobUpdateRules() {}

    static void validate(Field spec, JsonNode oldJob) {
        JsonNode old = oldJob.path("spec");
        validateCompletions(spec, old);
        spec.get("selector").unchanged(old.path("selector"));
        validateTemplate(spec, oldJob);
        FROZEN.forEach(field -> spec.get(field).unchanged(old.path(field)));
    }

    private static void validateCompletions(Field spec, JsonNode old) {
        Field completions = spec.get("completions");
        if (!spec.get("completionMode").is("Indexed")) {
            completions.unchanged(old.path("completions"));
        } else if (completions.exists()
                && !Same.same(completions.value(), old.path("completions"))
                && completions.number(0) != spec.get("parallelism").number(0)) {
            completions.invalid("can only be modified in tandem with spec.parallelism");
        }
    }

    private static void validateTemplate(Field spec, JsonNode oldJob) {
        JsonNode old = oldJob.path("spec");
        Field template = spec.get("template");
        if (!mayChangeDirectives(oldJob)) {
            template.unchanged(old.path("template"));
            return;
        }
        if (template.value() instanceof ObjectNode changed
                && old.path("template") instanceof ObjectNode before
                && !Same.same(withoutDirectives(changed), withoutDirectives(before))) {
            template.invalid("field is immutable");
        }
    }

    private static boolean mayChangeDirectives(JsonNode job) {
        JsonNode status = job.path("status");
        return job.path("spec").path("suspend").asBoolean()
                && status.path("active").asInt() == 0
                && (!status.hasNonNull("startTime") || holds(status, "Suspended"));
    }

    private static boolean holds(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static ObjectNode withoutDirectives(ObjectNode template) {
        ObjectNode rest = template.deepCopy();
        Defaults.object(rest, "metadata").remove(List.of("labels", "annotations"));
        ObjectNode spec = Defaults.object(rest, "spec");
        spec.remove(DIRECTIVES);
        Defaults.object(spec, "affinity").remove("nodeAffinity");
        for (String list : List.of("containers", "initContainers")) {
            Defaults.objects(spec, list).forEach(container -> container.remove("resources"));
        }
        return rest;
    }
}
