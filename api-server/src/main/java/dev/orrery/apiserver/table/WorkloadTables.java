package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The columns of what makes pods. */
final class WorkloadTables {

    private static final String CONTAINERS = "The containers of the template.";
    private static final String IMAGES = "The images of the template.";
    private static final String SELECTOR = "Which pods belong to it.";

    static final Columns POD_TEMPLATE =
            Layout.named()
                    .text("Containers", CONTAINERS, o -> Texts.names(template(o).path("spec")))
                    .text("Images", IMAGES, o -> Texts.images(template(o).path("spec")))
                    .text(
                            "Pod Labels",
                            "The labels of its pods.",
                            o -> Texts.labels(template(o).path("metadata").path("labels")));

    static final Columns DEPLOYMENT =
            withTemplate(
                            Layout.named()
                                    .text("Ready", "Ready of desired pods.", o -> ready(o))
                                    .number(
                                            "Up-to-date",
                                            "Pods of the newest template.",
                                            "/status/updatedReplicas")
                                    .number(
                                            "Available",
                                            "Pods that have been ready long enough.",
                                            "/status/availableReplicas")
                                    .age())
                    .wide("Selector", SELECTOR, o -> selector(o));

    static final Columns REPLICA_SET =
            withTemplate(replicas()).wide("Selector", SELECTOR, o -> selector(o));

    static final Columns REPLICATION_CONTROLLER =
            withTemplate(replicas())
                    .wide("Selector", SELECTOR, o -> Texts.labels(spec(o).path("selector")));

    static final Columns STATEFUL_SET =
            withTemplate(
                    Layout.named().text("Ready", "Ready of desired pods.", o -> ready(o)).age());

    static final Columns DAEMON_SET =
            withTemplate(
                            Layout.named()
                                    .number(
                                            "Desired",
                                            "Nodes that should run it.",
                                            "/status/desiredNumberScheduled")
                                    .number(
                                            "Current",
                                            "Nodes that run it and should.",
                                            "/status/currentNumberScheduled")
                                    .number(
                                            "Ready",
                                            "Nodes on which it is ready.",
                                            "/status/numberReady")
                                    .number(
                                            "Up-to-date",
                                            "Nodes with the newest template.",
                                            "/status/updatedNumberScheduled")
                                    .number(
                                            "Available",
                                            "Nodes on which it has been ready long enough.",
                                            "/status/numberAvailable")
                                    .text(
                                            "Node Selector",
                                            "The nodes that it is for.",
                                            o ->
                                                    Texts.labels(
                                                            template(o)
                                                                    .path("spec")
                                                                    .path("nodeSelector")))
                                    .age())
                    .wide("Selector", SELECTOR, o -> selector(o));

    static final Columns JOB =
            withTemplate(
                            Layout.named()
                                    .text("Status", "How it goes.", WorkloadTables::jobStatus)
                                    .text(
                                            "Completions",
                                            "Pods that succeeded, of those needed.",
                                            WorkloadTables::completions)
                                    .timed(
                                            "Duration",
                                            "How long it has run.",
                                            WorkloadTables::duration)
                                    .age())
                    .wide("Selector", SELECTOR, o -> selector(o));

    static final Columns CRON_JOB =
            Layout.named()
                    .text("Schedule", "When it runs.", "/spec/schedule")
                    .text(
                            "Timezone",
                            "Whose clock it follows.",
                            o -> Texts.orNone(spec(o).path("timeZone")))
                    .text("Suspend", "Whether it pauses.", WorkloadTables::suspended)
                    .number("Active", "Jobs that run now.", o -> (long) active(o))
                    .timed("Last Schedule", "How long ago it last ran.", WorkloadTables::lastRun)
                    .age()
                    .wide("Containers", CONTAINERS, o -> Texts.names(jobPod(o)))
                    .wide("Images", IMAGES, o -> Texts.images(jobPod(o)))
                    .wide(
                            "Selector",
                            SELECTOR,
                            o -> Texts.selector(o.at("/spec/jobTemplate/spec/selector")));

    static final Columns CONTROLLER_REVISION =
            Layout.named()
                    .text("Controller", "Whose revision it is.", WorkloadTables::controller)
                    .number("Revision", "Its number.", "/revision")
                    .age();

    private WorkloadTables() {}

    private static Layout replicas() {
        return Layout.named()
                .number("Desired", "Pods that there should be.", "/spec/replicas")
                .number("Current", "Pods that there are.", "/status/replicas")
                .number("Ready", "Pods that are ready.", "/status/readyReplicas")
                .age();
    }

    private static Layout withTemplate(Layout layout) {
        return layout.wide("Containers", CONTAINERS, o -> Texts.names(template(o).path("spec")))
                .wide("Images", IMAGES, o -> Texts.images(template(o).path("spec")));
    }

    private static JsonNode spec(JsonNode object) {
        return object.path("spec");
    }

    /** A PodTemplate has it at the top. */
    private static JsonNode template(JsonNode object) {
        return object.has("template") ? object.path("template") : spec(object).path("template");
    }

    private static JsonNode jobPod(JsonNode cronJob) {
        return cronJob.at("/spec/jobTemplate/spec/template/spec");
    }

    private static String selector(JsonNode object) {
        return Texts.selector(spec(object).path("selector"));
    }

    private static String ready(JsonNode object) {
        int ready = object.path("status").path("readyReplicas").asInt();
        return ready + "/" + spec(object).path("replicas").asInt();
    }

    private static String jobStatus(JsonNode job) {
        if (Texts.holds(job, "Complete")) {
            return "Complete";
        }
        if (Texts.holds(job, "Failed")) {
            return "Failed";
        }
        if (Texts.isDeleted(job)) {
            return "Terminating";
        }
        if (Texts.holds(job, "Suspended")) {
            return "Suspended";
        }
        return Texts.holds(job, "FailureTarget") ? "FailureTarget" : "Running";
    }

    private static String completions(JsonNode job) {
        int succeeded = job.path("status").path("succeeded").asInt();
        if (spec(job).hasNonNull("completions")) {
            return succeeded + "/" + spec(job).path("completions").asInt();
        }
        int parallelism = spec(job).path("parallelism").asInt();
        return succeeded + (parallelism > 1 ? "/1 of " + parallelism : "/1");
    }

    private static String duration(JsonNode job, Instant now) {
        Instant start = Age.parse(job.path("status").path("startTime"));
        Instant end = Age.parse(job.path("status").path("completionTime"));
        return start == null ? "" : Age.of(Duration.between(start, end == null ? now : end));
    }

    private static String suspended(JsonNode cronJob) {
        JsonNode suspend = spec(cronJob).path("suspend");
        return suspend.isBoolean() ? (suspend.asBoolean() ? "True" : "False") : Texts.UNSET;
    }

    private static int active(JsonNode cronJob) {
        return cronJob.path("status").path("active").size();
    }

    private static String lastRun(JsonNode cronJob, Instant now) {
        JsonNode time = cronJob.path("status").path("lastScheduleTime");
        return time.isTextual() ? Age.of(time, now) : Texts.NONE;
    }

    private static String controller(JsonNode revision) {
        for (JsonNode owner : revision.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                String version = owner.path("apiVersion").asText("");
                String group = version.contains("/") ? "." + version.split("/")[0] : "";
                String kind = owner.path("kind").asText("").toLowerCase(Locale.ROOT);
                return kind + group + "/" + owner.path("name").asText("");
            }
        }
        return Texts.NONE;
    }
}
