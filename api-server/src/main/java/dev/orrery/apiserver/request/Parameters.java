package dev.orrery.apiserver.request;

import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The query parameters of a request; one that is missing is empty, false or 0. */
public record Parameters(Map<String, String> values) {

    public static final Parameters NONE = new Parameters(Map.of());

    private static final int LONGEST_MANAGER = 128;

    public Parameters {
        values = Map.copyOf(values);
    }

    public Parameters with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Parameters(more);
    }

    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** Kubernetes takes every value but {@code 0} and {@code false} for true. */
    public boolean flag(String name) {
        String value = values.get(name);
        return value != null && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    public long number(String name, long whenMissing) {
        String value = text(name);
        if (value.isEmpty()) {
            return whenMissing;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw Refusals.badRequest(
                    "strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
        }
    }

    public boolean isDryRun() {
        return has("dryRun");
    }

    /**
     * As {@link #checkWrite} for a patch.
     *
     * @param applies server-side apply, which needs to know who does
     */
    public void checkPatch(boolean applies) {
        FieldErrors errors = new FieldErrors();
        if (applies && !has("fieldManager")) {
            errors.required(new FieldPath("fieldManager"), "is required for apply patch");
        }
        if (!applies && values.containsKey("force")) {
            errors.forbidden(new FieldPath("force"), "may not be specified for non-apply patch");
        }
        checkWrite("PatchOptions", errors);
    }

    /** Refuses what Kubernetes refuses in the options of a write. */
    public void checkWrite(String optionsKind) {
        checkWrite(optionsKind, new FieldErrors());
    }

    private void checkWrite(String optionsKind, FieldErrors errors) {
        if (has("dryRun") && !text("dryRun").equals("All")) {
            errors.notSupported(new FieldPath("dryRun"), text("dryRun"), List.of("All"));
        }
        String manager = text("fieldManager");
        if (manager.length() > LONGEST_MANAGER) {
            errors.tooLong(new FieldPath("fieldManager"), LONGEST_MANAGER);
        }
        if (manager.chars().anyMatch(c -> c < ' ' || c == 127)) {
            errors.invalid(
                    new FieldPath("fieldManager"),
                    manager,
                    "should only contain printable characters");
        }
        List<String> levels = List.of("Ignore", "Warn", "Strict");
        if (has("fieldValidation") && !levels.contains(text("fieldValidation"))) {
            errors.notSupported(new FieldPath("fieldValidation"), text("fieldValidation"), levels);
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("meta.k8s.io", optionsKind, "", errors.all());
        }
    }
}
