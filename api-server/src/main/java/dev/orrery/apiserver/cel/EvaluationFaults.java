package dev.orrery.apiserver.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.orrery.apiserver.cel.function.FunctionFailure;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why an evaluation failed, in the words of cel-go, which are Kubernetes'. */
final class EvaluationFaults {

    private static final Pattern KEY = Pattern.compile("^key '(.*)' is not present in map\\.$");
    private static final Pattern FIELD = Pattern.compile("^Error resolving fields? '(.*)'\\. .*");
    private static final Pattern PLACE = Pattern.compile("^evaluation error( at [^ ]*)?: ");

    private EvaluationFaults() {}

    static String text(CelEvaluationException fault) {
        String own = own(fault);
        if (own != null) {
            return own;
        }
        String message = PLACE.matcher(String.valueOf(fault.getMessage())).replaceFirst("");
        return switch (fault.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> missing(message);
            case DIVIDE_BY_ZERO -> "division by zero";
            case INDEX_OUT_OF_BOUNDS -> message.replace("Index out", "index out");
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD -> "no such overload";
            case NUMERIC_OVERFLOW -> "integer overflow";
            case ITERATION_BUDGET_EXCEEDED -> "operation cancelled: actual cost limit exceeded";
            default -> other(message);
        };
    }

    /** What a function of ours said, however deep the evaluator has wrapped it. */
    private static @Nullable String own(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof FunctionFailure) {
                return cause.getMessage();
            }
            if (cause instanceof NoSuchElementException) {
                return "optional.none() dereference";
            }
        }
        return null;
    }

    private static String missing(String message) {
        if (message.startsWith("No such attribute")) {
            return message.replace("No such", "no such");
        }
        Matcher key = KEY.matcher(message);
        if (key.matches()) {
            return "no such key: " + key.group(1);
        }
        Matcher field = FIELD.matcher(message);
        return "no such key: " + (field.matches() ? field.group(1) : message);
    }

    private static String other(String message) {
        return message.startsWith("Expected boolean value") ? "no such overload" : message;
    }
}
