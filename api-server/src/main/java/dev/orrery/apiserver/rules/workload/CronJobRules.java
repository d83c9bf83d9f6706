package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of CronJob. */
public final class CronJobRules implements Rules {

    private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
    private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z.\\-_0-9+]{1,14}");
    private static final int LONGEST_NAME = 52;
    private static final int SUCCESSFUL = 3;
    private static final int FAILED = 1;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        Defaults.text(spec, "concurrencyPolicy", "Allow");
        Defaults.flag(spec, "suspend", false);
        Defaults.number(spec, "successfulJobsHistoryLimit", SUCCESSFUL);
        Defaults.number(spec, "failedJobsHistoryLimit", FAILED);
        ObjectNode job = Defaults.existing(spec.path("jobTemplate"), "spec");
        if (job != null) {
            TemplateRules.setDefaults(job);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        validateSchedule(spec.get("schedule"));
        spec.get("startingDeadlineSeconds").notNegative();
        spec.get("concurrencyPolicy").requireOneOf(POLICIES);
        Field job = spec.get("jobTemplate", "spec");
        JobSpecRules.validate(job);
        if (job.get("selector").exists()) {
            job.get("selector").invalid("`selector` will be auto-generated");
        }
        if (job.get("manualSelector").isTrue()) {
            Field manual = job.get("manualSelector");
            manual.errors().notSupported(manual.path(), true, List.of("nil", "false"));
        }
        spec.get("successfulJobsHistoryLimit").notNegative();
        spec.get("failedJobsHistoryLimit").notNegative();
    }

    private static void validateSchedule(Field schedule) {
        if (!schedule.require("")) {
            return;
        }
        String fault = CronExpression.fault(schedule.text());
        if (!fault.isEmpty()) {
            schedule.invalid(fault);
        }
        if (schedule.text().contains("TZ")) {
            schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
    }

    @Override
    public void validateCreate(ObjectNode object, FieldErrors errors) {
        Field job = Field.of(object, errors);
        validateZone(job.get("spec", "timeZone"));
        Field name = job.get("metadata", "name");
        if (name.text().length() > LONGEST_NAME) {
            name.invalid("must be no more than " + LONGEST_NAME + " bytes");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field zone = Field.of(object, errors).get("spec", "timeZone");
        if (!Same.same(zone.value(), old.path("spec").path("timeZone"))) {
            validateZone(zone);
        }
    }

    private static void validateZone(Field zone) {
        if (!zone.exists()) {
            return;
        }
        String name = zone.text();
        if (name.isEmpty()) {
            zone.invalid("timeZone must be nil or non-empty string");
        } else if (!isWellFormed(name) || !isKnown(name)) {
            zone.invalid("unknown time zone " + name);
        } else if (name.equalsIgnoreCase("Local")) {
            zone.invalid(
                    "timeZone must be an explicit time zone as defined in"
                            + " https://www.iana.org/time-zones");
        }
    }

    private static boolean isWellFormed(String name) {
        for (String part : name.split("/", -1)) {
            if (part.equals(".")
                    || part.equals("..")
                    || part.startsWith("-")
                    || !ZONE_PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(String name) {
        if (name.equalsIgnoreCase("Local")) {
            return true;
        }
        try {
            ZoneId.of(name);
            return ZoneId.getAvailableZoneIds().contains(name);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
