package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;
import java.util.Map;

/** The rules of Job. Unless the user insists, a job selects its pods by its own uid. */
public final class JobRules implements Rules {

    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";
    private static final String OLD_UID = "controller-uid";
    private static final String OLD_NAME = "job-name";
    private static final int RETRIES = 6;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        if (Defaults.isAbsent(spec, "completions") && Defaults.isAbsent(spec, "parallelism")) {
            spec.put("completions", 1).put("parallelism", 1);
        }
        Defaults.number(spec, "parallelism", 1);
        boolean perIndex = spec.hasNonNull("backoffLimitPerIndex");
        Defaults.number(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : RETRIES);
        Defaults.text(spec, "completionMode", "NonIndexed");
        Defaults.flag(spec, "suspend", false);
        Defaults.flag(spec, "manualSelector", false);
        boolean failurePolicy = spec.hasNonNull("podFailurePolicy");
        Defaults.text(
                spec, "podReplacementPolicy", failurePolicy ? "Failed" : "TerminatingOrFailed");
        for (ObjectNode rule : Defaults.objects(spec.path("podFailurePolicy"), "rules")) {
            for (ObjectNode pattern : Defaults.objects(rule, "onPodConditions")) {
                Defaults.text(pattern, "status", "True");
            }
        }
        TemplateRules.setDefaults(spec);
        takeOverLabels(object, spec);
    }

    private static void takeOverLabels(ObjectNode object, ObjectNode spec) {
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        ObjectNode metadata = Defaults.object(object, "metadata");
        if (metadata.path("labels").isEmpty() && !labels.isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        if (spec.path("manualSelector").asBoolean()) {
            return;
        }
        ObjectNode template = Defaults.object(spec, "template");
        ObjectNode labels = Defaults.object(Defaults.object(template, "metadata"), "labels");
        expectedLabels(object).forEach((name, value) -> putIfAbsent(labels, name, value));
        ObjectNode selector = Defaults.object(spec, "selector");
        putIfAbsent(Defaults.object(selector, "matchLabels"), UID, uid(object));
        takeOverLabels(object, spec);
    }

    private static void putIfAbsent(ObjectNode labels, String name, String value) {
        if (!labels.has(name)) {
            labels.put(name, value);
        }
    }

    private static Map<String, String> expectedLabels(ObjectNode object) {
        String name = object.path("metadata").path("name").asText("");
        return Map.of(OLD_NAME, name, OLD_UID, uid(object), NAME, name, UID, uid(object));
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText("");
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field job = Field.of(object, errors);
        Field spec = job.get("spec");
        if (!spec.get("manualSelector").isTrue() && spec.get("selector").exists()) {
            validateGenerated(object, spec);
        }
        JobSpecRules.validate(spec);
        if (spec.get("selector").require("")) {
            Labels.validateSelector(spec.get("selector"));
        }
        TemplateRules.validateMatch(spec);
        if (spec.get("completionMode").is("Indexed") && spec.get("completions").number(0) > 0) {
            validateHostname(job);
        }
    }

    private static void validateGenerated(ObjectNode object, Field spec) {
        Field labels = spec.get("template").get("metadata", "labels");
        Map<String, String> expected = expectedLabels(object);
        for (String name : List.of(OLD_UID, OLD_NAME, UID, NAME)) {
            String value = expected.getOrDefault(name, "");
            Field label = labels.key(name);
            if (!label.exists()) {
                label.required("must be '" + value + "'");
            } else if (!label.is(value)) {
                label.invalid(labels.value(), "must be '" + value + "'");
            }
        }
        ObjectNode generated = object.objectNode();
        expected.forEach(generated::put);
        if (!Labels.matches(spec.get("selector").value(), generated)) {
            spec.get("selector").invalid("`selector` not auto-generated");
        }
    }

    private static void validateHostname(Field job) {
        Field name = job.get("metadata", "name");
        String last = name.text() + "-" + (job.get("spec", "completions").number(1) - 1);
        if (!Names.dnsLabel(last).isEmpty()) {
            name.invalid("will not able to create pod with invalid DNS label: " + last);
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        JobUpdateRules.validate(Field.of(object, errors).get("spec"), old);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        JobStatusRules.validate(Field.of(object, errors), old);
    }
}
