package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.pod.PodDefaults;
import dev.orrery.apiserver.rules.pod.PodSpecRules;
import java.util.List;

/** The pod template that every workload has, and the selector that must match it. */
final class TemplateRules {

    private static final JsonNode NO_CLAIMS = MissingNode.getInstance();

    private TemplateRules() {}

    /**
     * @param holder of the field {@code template}
     */
    static void setDefaults(ObjectNode holder) {
        ObjectNode spec = Defaults.existing(holder.path("template"), "spec");
        if (spec != null) {
            PodDefaults.setDefaults(spec);
        }
    }

    /** For pods that are to run for ever. */
    static void validate(Field spec, String kind) {
        validate(spec, kind, NO_CLAIMS);
    }

    static void validate(Field spec, String kind, JsonNode claimTemplates) {
        Field template = spec.get("template");
        if (!template.exists()) {
            template.required("");
            return;
        }
        PodSpecRules.validateTemplate(template, claimTemplates);
        Field policy = template.get("spec", "restartPolicy");
        if (!policy.is("Always")) {
            policy.notSupported(List.of("Always"));
        }
        if (template.get("spec", "activeDeadlineSeconds").exists()) {
            template.get("spec", "activeDeadlineSeconds")
                    .forbidden("activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    /** Reports a missing or empty selector, and one that does not match the template. */
    static void validateSelector(Field spec, String kind) {
        Field selector = spec.get("selector");
        if (!selector.exists()) {
            selector.required("");
        } else {
            Labels.validateSelector(selector);
            if (Labels.isEmptySelector(selector.value())) {
                selector.invalid("empty selector is invalid for " + kind);
            }
        }
        validateMatch(spec);
    }

    static void validateMatch(Field spec) {
        Field labels = spec.get("template").get("metadata", "labels");
        JsonNode selector = spec.get("selector").value();
        if (!Labels.isEmptySelector(selector) && !Labels.matches(selector, labels.value())) {
            Object shown = labels.exists() ? labels.value() : null;
            labels.invalid(shown, "`selector` does not match template `labels`");
        }
    }
}
