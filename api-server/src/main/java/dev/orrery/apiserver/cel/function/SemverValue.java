package dev.orrery.apiserver.cel.function;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version in the form of semver.org; what is built does not count.
 *
 * @param preRelease empty for a release
 */
record SemverValue(long major, long minor, long patch, String preRelease, String build)
        implements Comparable<SemverValue> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern FORM =
            Pattern.compile(
                    NUMBER
                            + "\\."
                            + NUMBER
                            + "\\."
                            + NUMBER
                            + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?"
                            + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

    private static final Comparator<SemverValue> ORDER =
            Comparator.comparingLong(SemverValue::major)
                    .thenComparingLong(SemverValue::minor)
                    .thenComparingLong(SemverValue::patch)
                    .thenComparing(SemverValue::preRelease, SemverValue::comparePreReleases);

    static SemverValue of(String text) {
        if (text.isEmpty()) {
            throw new FunctionFailure("Version string empty");
        }
        if (text.split("\\.", 3).length != 3) {
            throw new FunctionFailure("No Major.Minor.Patch elements found");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new FunctionFailure(fault(text));
        }
        return new SemverValue(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                form.group(4) == null ? "" : form.group(4),
                form.group(5) == null ? "" : form.group(5));
    }

    private static String fault(String text) {
        String[] parts = text.split("\\.", 3);
        String[] names = {"major", "minor", "patch"};
        for (int i = 0; i < parts.length; i++) {
            String part = i == 2 ? parts[i].split("[-+]", 2)[0] : parts[i];
            String name = Character.toUpperCase(names[i].charAt(0)) + names[i].substring(1);
            if (!part.matches("[0-9]+")) {
                return "Invalid character(s) found in " + names[i] + " number \"" + part + "\"";
            }
            if (part.length() > 1 && part.startsWith("0")) {
                return name + " number must not contain leading zeroes \"" + part + "\"";
            }
        }
        return "Invalid character(s) found in prerelease \"" + text + "\"";
    }

    /** Null where the text is none. */
    static @Nullable SemverValue orNull(String text, boolean normalized) {
        try {
            return normalized ? normalized(text) : of(text);
        } catch (FunctionFailure e) {
            return null;
        }
    }

    /** With a leading {@code v}, with leading zeros, or short. */
    static SemverValue normalized(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].replaceFirst("^0+(?=[0-9])", "");
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.indexOf('+') >= 0 || last.indexOf('-') >= 0)) {
            throw new FunctionFailure("short version cannot contain PreRelease/Build meta data");
        }
        return of(String.join(".", parts) + ".0".repeat(3 - parts.length));
    }

    /** A release is after what came before it. */
    private static int comparePreReleases(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        String[] mine = one.split("\\.");
        String[] theirs = other.split("\\.");
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int order = compareParts(mine[i], theirs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    private static int compareParts(String one, String other) {
        boolean number = one.matches("[0-9]+");
        boolean otherNumber = other.matches("[0-9]+");
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number != otherNumber ? Boolean.compare(otherNumber, number) : one.compareTo(other);
    }

    @Override
    public int compareTo(SemverValue other) {
        return Integer.signum(ORDER.compare(this, other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SemverValue version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(major * 31 * 31 + minor * 31 + patch) ^ preRelease.hashCode();
    }
}
