package dev.orrery.apiserver.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What names must look like, in the words that users know. Every check gives its faults. */
public final class Names {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String DNS_LABEL =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                    + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
                    + " '123-abc', regex used for validation is '"
                    + LABEL
                    + "')";
    private static final String DNS_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                    + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is '"
                    + LABEL
                    + "(\\."
                    + LABEL
                    + ")*')";
    private static final String DNS_1035 =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
                    + " an alphabetic character, and end with an alphanumeric character (e.g."
                    + " 'my-name',  or 'abc-123', regex used for validation is"
                    + " '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final String WILDCARD =
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain,"
                    + " which must consist of lower case alphanumeric characters, '-' or '.' and"
                    + " end with an alphanumeric character (e.g. '*.example.com', regex used for"
                    + " validation is '\\*\\."
                    + LABEL
                    + "(\\."
                    + LABEL
                    + ")*')";
    private static final String CONFIG_KEY =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
                    + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
                    + " '[-._a-zA-Z0-9]+')";
    private static final String ENV_NAME =
            "a valid environment variable name must consist only of printable ASCII characters"
                    + " other than '='";
    private static final String HTTP_HEADER =
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                    + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

    private Names() {}

    public static List<String> dnsLabel(String name) {
        boolean label = isLabel(name, 0, name.length());
        if (label && name.length() <= 63) {
            return List.of();
        }
        List<String> faults = tooLong(name, 63);
        if (!label) {
            faults.add(isSubdomain(name) ? "must not contain dots" : DNS_LABEL);
        }
        return faults;
    }

    public static List<String> dnsSubdomain(String name) {
        if (name.length() <= 253 && isSubdomain(name)) {
            return List.of();
        }
        List<String> faults = tooLong(name, 253);
        if (!isSubdomain(name)) {
            faults.add(DNS_SUBDOMAIN);
        }
        return faults;
    }

    /** A resolver's search path may have underscores. */
    public static List<String> searchDomain(String name) {
        return dnsSubdomain(name.replace('_', 'a'));
    }

    public static List<String> dns1035Label(String name) {
        boolean label = isLabel(name, 0, name.length()) && !isDigit(name.charAt(0));
        if (label && name.length() <= 63) {
            return List.of();
        }
        List<String> faults = tooLong(name, 63);
        if (!label) {
            faults.add(DNS_1035);
        }
        return faults;
    }

    public static List<String> wildcardSubdomain(String name) {
        boolean fits = name.startsWith("*.") && isSubdomain(name.substring(2));
        return fits ? List.of() : List.of(WILDCARD);
    }

    /** Names that only must fit into a URL: those of RBAC's kinds and of plugins. */
    public static List<String> pathSegment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of("may not be '" + name + "'");
        }
        List<String> faults = new ArrayList<>(0);
        for (String illegal : List.of("/", "%")) {
            if (name.contains(illegal)) {
                faults.add("may not contain '" + illegal + "'");
            }
        }
        return faults;
    }

    public static List<String> configMapKey(String key) {
        List<String> faults = tooLong(key, 253);
        if (key.isEmpty() || !key.chars().allMatch(Names::isConfigKeyCharacter)) {
            faults.add(CONFIG_KEY);
        }
        if (key.equals(".")) {
            faults.add("must not be '.'");
        } else if (key.equals("..")) {
            faults.add("must not be '..'");
        } else if (key.startsWith("..")) {
            faults.add("must not start with '..'");
        }
        return faults;
    }

    public static List<String> environmentVariable(String name) {
        if (name.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        boolean printable = name.chars().allMatch(c -> c >= ' ' && c < 127 && c != '=');
        return printable ? List.of() : List.of(ENV_NAME);
    }

    public static List<String> httpHeader(String name) {
        boolean fits = !name.isEmpty() && name.chars().allMatch(c -> c == '-' || isAlphanumeric(c));
        return fits ? List.of() : List.of(HTTP_HEADER);
    }

    public static List<String> portName(String name) {
        List<String> faults = tooLong(name, 15);
        if (name.isEmpty() || !name.chars().allMatch(c -> isLower(c) || isDigit(c) || c == '-')) {
            faults.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (name.chars().noneMatch(Names::isLower)) {
            faults.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            faults.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            faults.add("must not begin or end with a hyphen");
        }
        return faults;
    }

    /** An upper-case letter is forgiven in annotation keys. */
    public static List<String> annotationKey(String key) {
        return Labels.keyFaults(key.toLowerCase(Locale.ROOT));
    }

    static boolean isSubdomain(String name) {
        int start = 0;
        while (true) {
            int dot = name.indexOf('.', start);
            if (dot < 0) {
                return isLabel(name, start, name.length());
            }
            if (!isLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
    }

    private static boolean isLabel(String name, int from, int to) {
        if (from >= to || name.charAt(from) == '-' || name.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = name.charAt(i);
            if (!isLower(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static List<String> tooLong(String name, int limit) {
        List<String> faults = new ArrayList<>(2);
        if (name.length() > limit) {
            faults.add("must be no more than " + limit + " characters");
        }
        return faults;
    }

    private static boolean isConfigKeyCharacter(int c) {
        return isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
    }

    static boolean isAlphanumeric(int c) {
        return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
