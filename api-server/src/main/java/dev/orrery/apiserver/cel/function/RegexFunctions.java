package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.STRINGS;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** {@code find} and {@code findAll} of texts; linear in the text, as {@code matches}. */
final class RegexFunctions {

    private RegexFunctions() {}

    static void addTo(Functions to) {
        to.member("find", "string_find_string", STRING, RegexFunctions::find, STRING, STRING);
        to.member(
                "findAll", "string_find_all_string", STRINGS, a -> findAll(a, -1), STRING, STRING);
        to.member(
                "findAll",
                "string_find_all_string_int",
                STRINGS,
                a -> findAll(a, (Long) a[2]),
                STRING,
                STRING,
                INT);
    }

    private static Matcher matcher(Object[] arguments) {
        try {
            return Pattern.compile((String) arguments[1]).matcher((String) arguments[0]);
        } catch (PatternSyntaxException e) {
            throw new FunctionFailure("Illegal regex: " + e.getMessage());
        }
    }

    private static String find(Object[] arguments) {
        Matcher matcher = matcher(arguments);
        return matcher.find() ? matcher.group() : "";
    }

    /** All, where the limit is below zero. */
    private static List<String> findAll(Object[] arguments, long limit) {
        Matcher matcher = matcher(arguments);
        List<String> found = new ArrayList<>();
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
