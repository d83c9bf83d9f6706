package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.SEMVER;

/** {@code semver('1.2.3').isLessThan(semver('2.0.0'))}. */
final class SemverFunctions {

    private SemverFunctions() {}

    static void addTo(Functions to) {
        to.global("semver", "string_to_semver", SEMVER, a -> of(a, false), STRING);
        to.global(
                "semver",
                "string_bool_to_semver",
                SEMVER,
                a -> of(a, (Boolean) a[1]),
                STRING,
                BOOL);
        to.global("isSemver", "is_semver_string", BOOL, a -> is(a, false), STRING);
        to.global(
                "isSemver",
                "is_semver_string_bool",
                BOOL,
                a -> is(a, (Boolean) a[1]),
                STRING,
                BOOL);
        to.member("major", "semver_major", INT, a -> self(a).major(), SEMVER);
        to.member("minor", "semver_minor", INT, a -> self(a).minor(), SEMVER);
        to.member("patch", "semver_patch", INT, a -> self(a).patch(), SEMVER);
        to.member(
                "isGreaterThan",
                "semver_is_greater_than",
                BOOL,
                a -> compare(a) > 0,
                SEMVER,
                SEMVER);
        to.member("isLessThan", "semver_is_less_than", BOOL, a -> compare(a) < 0, SEMVER, SEMVER);
        to.member("compareTo", "semver_compare_to", INT, a -> compare(a), SEMVER, SEMVER);
    }

    private static SemverValue of(Object[] arguments, boolean normalized) {
        String text = (String) arguments[0];
        return normalized ? SemverValue.normalized(text) : SemverValue.of(text);
    }

    private static boolean is(Object[] arguments, boolean normalized) {
        return SemverValue.orNull((String) arguments[0], normalized) != null;
    }

    private static SemverValue self(Object[] arguments) {
        return (SemverValue) arguments[0];
    }

    private static long compare(Object[] arguments) {
        return self(arguments).compareTo((SemverValue) arguments[1]);
    }
}
