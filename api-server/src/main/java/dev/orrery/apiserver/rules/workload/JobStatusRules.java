package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import java.util.List;

/** What a job's status may say: a job that has ended has ended. */
final class JobStatusRules {

    private static final List<String> COUNTS =
            List.of("active", "succeeded", "failed", "ready", "terminating");
    private static final List<String> TERMINAL = List.of("Failed", "Complete", "FailureTarget");

    private JobStatusRules() {}

    static void validate(Field job, JsonNode old) {
        Field status = job.get("status");
        COUNTS.forEach(count -> status.get(count).notNegative());
        boolean complete = holds(job.value(), "Complete");
        boolean failed = holds(job.value(), "Failed");
        if (complete && failed) {
            fault(status, "cannot set Complete=True and Failed=true conditions");
        }
        validateTimes(status, complete, complete || failed);
        for (String type : TERMINAL) {
            if (holds(old, type) && !holds(job.value(), type)) {
                fault(status, "cannot disable the terminal " + type + "=True condition");
            }
        }
        validateCounters(status, old, complete || failed);
        validateIndexes(job);
    }

    private static void validateTimes(Field status, boolean complete, boolean finished) {
        Field completion = status.get("completionTime");
        if (completion.exists() && !complete) {
            completion.invalid(
                    "cannot set completionTime when there is no Complete=True condition");
        } else if (!completion.exists() && complete) {
            completion.required("completionTime is required for Complete jobs");
        }
        Field start = status.get("startTime");
        if (completion.exists() && completion.text().compareTo(start.text()) < 0) {
            completion.invalid("must be equal to or after `startTime`");
        }
        if (finished && !start.exists()) {
            start.required("startTime is required for finished job");
        }
    }

    private static void validateCounters(Field status, JsonNode old, boolean finished) {
        for (String count : List.of("failed", "succeeded")) {
            if (status.get(count).number(0) < old.path("status").path(count).asLong()) {
                status.get(count)
                        .invalid(
                                status.get(count).number(0),
                                "cannot decrease the " + count + " counter");
            }
        }
        if (finished && status.get("active").number(0) > 0) {
            status.get("active").invalid("active>0 is invalid for finished job");
        }
        if (status.get("ready").number(0) > status.get("active").number(0)) {
            status.get("ready").invalid("cannot set more ready pods than active");
        }
    }

    private static void validateIndexes(Field job) {
        Field spec = job.get("spec");
        Field completed = job.get("status", "completedIndexes");
        if (!completed.isEmpty() && !spec.get("completionMode").is("Indexed")) {
            completed.invalid(
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (spec.get("completions").exists()) {
            long completions = spec.get("completions").number(0);
            for (String field : List.of("completedIndexes", "failedIndexes")) {
                Field indexes = job.get("status", field);
                String fault = Indexes.parse(indexes.text(), completions).fault();
                if (!fault.isEmpty()) {
                    indexes.invalid("error parsing " + field + ": " + fault);
                }
            }
        }
    }

    private static void fault(Field status, String detail) {
        status.errors().invalidWithoutValue(status.get("conditions").path(), detail);
    }

    private static boolean holds(JsonNode job, String type) {
        for (JsonNode condition : job.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals(type)) {
                return condition.path("status").asText("").equals("True");
            }
        }
        return false;
    }
}
