package dev.orrery.apiserver.cel.function;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One value as a clause of a format prints it. */
final class FormatClause {

    private static final int DEFAULT_PRECISION = 6;

    private FormatClause() {}

    /**
     * @param precision below zero for none
     */
    static String of(char clause, Object value, int precision) {
        int digits = precision < 0 ? DEFAULT_PRECISION : precision;
        return switch (clause) {
            case 's' -> string(value);
            case 'd' -> whole(value, clause).toString();
            case 'f' -> String.format(Locale.ROOT, "%." + digits + "f", real(value));
            case 'e' -> String.format(Locale.ROOT, "%." + digits + "e", real(value));
            case 'b' ->
                    value instanceof Boolean flag
                            ? (flag ? "1" : "0")
                            : Long.toString(whole(value, clause).longValue(), 2);
            case 'o' -> Long.toString(whole(value, clause).longValue(), 8);
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(Locale.ROOT);
            default ->
                    throw new FunctionFailure(
                            "could not parse formatting clause: unrecognized formatting clause \""
                                    + clause
                                    + "\"");
        };
    }

    private static String string(Object value) {
        return switch (value) {
            case String text -> text;
            case CelByteString bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8);
            case Double number -> number(number);
            case NullValue _ -> "null";
            case Instant time -> time.toString();
            case Duration duration -> seconds(duration);
            case List<?> list ->
                    list.stream()
                            .map(FormatClause::inside)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> inside(entry.getKey()) + ":" + inside(entry.getValue()))
                            .sorted()
                            .collect(Collectors.joining(", ", "{", "}"));
            case Long _, UnsignedLong _, Boolean _ -> value.toString();
            default -> throw wrong("string", value);
        };
    }

    /** In a list or a map, as CEL itself would write it. */
    private static String inside(Object value) {
        return switch (value) {
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Double number -> String.format(Locale.ROOT, "%.6f", number);
            case Instant _ -> "timestamp(\"" + string(value) + "\")";
            case Duration _ -> "duration(\"" + string(value) + "\")";
            default -> string(value);
        };
    }

    private static String number(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }

    private static String seconds(Duration duration) {
        String seconds = string((double) duration.toMillis() / 1000);
        return seconds + "s";
    }

    private static Number whole(Object value, char clause) {
        if (value instanceof Long || value instanceof UnsignedLong) {
            return (Number) value;
        }
        throw wrong(
                switch (clause) {
                    case 'b' -> "binary";
                    case 'o' -> "octal";
                    default -> "decimal";
                },
                value);
    }

    private static double real(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        throw wrong("fixed-point", value);
    }

    private static String hex(Object value) {
        return switch (value) {
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            case Long number -> Long.toString(number, 16);
            case UnsignedLong number -> number.toString(16);
            default -> throw wrong("hex", value);
        };
    }

    private static FunctionFailure wrong(String clause, Object value) {
        return new FunctionFailure(
                "error during formatting: "
                        + clause
                        + " clause cannot be used on "
                        + value.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
}
