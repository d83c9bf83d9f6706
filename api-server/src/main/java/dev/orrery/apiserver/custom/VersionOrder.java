package dev.orrery.apiserver.custom;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of an API, the one to prefer first: {@code v10, v2, v1, v11beta2, v10beta3, v3beta1,
 * v12alpha1, foo1, foo10}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority">
 *     Version priority</a>
 */
public final class VersionOrder {

    public static final Comparator<String> PREFERRED_FIRST =
            Comparator.comparing(Version::of, Version::compare).thenComparing(text -> text);

    private static final Pattern FORM =
            Pattern.compile("v([0-9]{1,9})(?:(alpha|beta)([0-9]{1,9}))?");

    private VersionOrder() {}

    /**
     * What a version's name says.
     *
     * @param stability 3: stable; 2: beta; 1: alpha; 0: the name says nothing
     */
    private record Version(int stability, int major, int minor) {

        private static final Comparator<Version> GREATEST_FIRST =
                Comparator.comparingInt(Version::stability)
                        .thenComparingInt(Version::major)
                        .thenComparingInt(Version::minor)
                        .reversed();

        static Version of(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                return new Version(0, 0, 0);
            }
            int major = Integer.parseInt(form.group(1));
            if (form.group(2) == null) {
                return new Version(3, major, 0);
            }
            int stability = form.group(2).equals("beta") ? 2 : 1;
            return new Version(stability, major, Integer.parseInt(form.group(3)));
        }

        static int compare(Version a, Version b) {
            return GREATEST_FIRST.compare(a, b);
        }
    }
}
