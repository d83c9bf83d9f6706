package dev.orrery.apiserver.cel;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with a text, in the words of cel-go, which are Kubernetes'. */
final class CompileFaults {

    private static final Pattern SYNTAX =
            Pattern.compile("^(mismatched input|extraneous input|no viable|token rec|missing ).*");

    private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .*\\)$");

    private static final Pattern LITERAL =
            Pattern.compile(
                    "^(timestamp|duration) validation failed\\. Reason: .*", Pattern.DOTALL);

    private CompileFaults() {}

    static String text(CelValidationException fault) {
        return fault.getErrors().stream()
                .map(issue -> withWords(issue).toDisplayString(fault.getSource()))
                .collect(Collectors.joining("\n"));
    }

    static String name(CelType type) {
        return CelTypes.format(type);
    }

    private static CelIssue withWords(CelIssue issue) {
        String message = CANDIDATES.matcher(issue.getMessage()).replaceAll("");
        if (SYNTAX.matcher(message).matches()) {
            message = "Syntax error: " + message;
        }
        Matcher literal = LITERAL.matcher(message);
        if (literal.matches()) {
            message = "invalid " + literal.group(1) + " argument";
        }
        return CelIssue.formatError(issue.getExprId(), issue.getSourceLocation(), message);
    }
}
