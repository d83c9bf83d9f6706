package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What a record says of a Job.
 *
 * @param namedSucceeded uids of pods that have ended and are not in the figures yet
 * @param namedFailed likewise
 * @param indexes that have succeeded, of a Job with indexes
 */
record JobFigures(
        String uid,
        int completions,
        int parallelism,
        boolean indexed,
        boolean leaving,
        int succeeded,
        int failed,
        Set<String> namedSucceeded,
        Set<String> namedFailed,
        Set<Integer> indexes,
        Set<String> conditions) {

    static JobFigures of(JsonNode job) {
        JsonNode spec = job.path("spec");
        JsonNode status = job.path("status");
        JsonNode uncounted = status.path("uncountedTerminatedPods");
        return new JobFigures(
                job.path("metadata").path("uid").asText(),
                spec.path("completions").asInt(Integer.MAX_VALUE),
                spec.path("parallelism").asInt(1),
                spec.path("completionMode").asText().equals("Indexed"),
                job.path("metadata").has("deletionTimestamp"),
                status.path("succeeded").asInt(),
                status.path("failed").asInt(),
                texts(uncounted.path("succeeded")),
                texts(uncounted.path("failed")),
                indexes(status.path("completedIndexes").asText()),
                holding(status.path("conditions")));
    }

    boolean is(String condition) {
        return conditions.contains(condition);
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Set<String> holding(JsonNode conditions) {
        Set<String> holding = new HashSet<>();
        for (JsonNode condition : conditions) {
            if (condition.path("status").asText().equals("True")) {
                holding.add(condition.path("type").asText());
            }
        }
        return holding;
    }

    /** Of {@code 0,2-4}. */
    private static Set<Integer> indexes(String text) {
        Set<Integer> indexes = new HashSet<>();
        for (String range : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] ends = range.split("-");
            for (int index = Integer.parseInt(ends[0]);
                    index <= Integer.parseInt(ends[ends.length - 1]);
                    index++) {
                indexes.add(index);
            }
        }
        return indexes;
    }
}
