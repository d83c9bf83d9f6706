package dev.orrery.apiserver.cel.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The formats by the names that expressions call them. */
final class NamedFormats {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE = "(" + QUALIFIED + ")?";
    private static final int LABEL_LENGTH = 63;
    private static final int SUBDOMAIN_LENGTH = 253;

    private static final String LABEL_FAULT =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                    + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
                    + " '123-abc', regex used for validation is '"
                    + LABEL
                    + "')";

    private static final String SUBDOMAIN_FAULT =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                    + " or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is '"
                    + SUBDOMAIN
                    + "')";

    private static final String LABEL_1035_FAULT =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
                    + " an alphabetic character, and end with an alphanumeric character (e.g."
                    + " 'my-name',  or 'abc-123', regex used for validation is '"
                    + LABEL_1035
                    + "')";

    private static final String NAME_FAULT =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and"
                    + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or"
                    + " '123-abc', regex used for validation is '"
                    + QUALIFIED
                    + "')";

    private static final String VALUE_FAULT =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                    + " or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is '"
                    + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private NamedFormats() {}

    static Map<String, NamedFormat> all() {
        Map<String, NamedFormat> all = new LinkedHashMap<>();
        Function<String, List<String>> label = form(LABEL, LABEL_LENGTH, LABEL_FAULT);
        Function<String, List<String>> subdomain =
                form(SUBDOMAIN, SUBDOMAIN_LENGTH, SUBDOMAIN_FAULT);
        Function<String, List<String>> label1035 = form(LABEL_1035, LABEL_LENGTH, LABEL_1035_FAULT);
        put(all, "dns1123Label", "DNS1123Label", label);
        put(all, "dns1123Subdomain", "DNS1123Subdomain", subdomain);
        put(all, "dns1035Label", "DNS1035Label", label1035);
        put(all, "dns1123LabelPrefix", "DNS1123LabelPrefix", prefix(label));
        put(all, "dns1123SubdomainPrefix", "DNS1123SubdomainPrefix", prefix(subdomain));
        put(all, "dns1035LabelPrefix", "DNS1035LabelPrefix", prefix(label1035));
        put(all, "qualifiedName", "QualifiedName", text -> qualifiedName(text, subdomain));
        put(all, "labelValue", "LabelValue", form(VALUE, LABEL_LENGTH, VALUE_FAULT));
        put(all, "uri", "URI", NamedFormats::uri);
        put(all, "uuid", "uuid", NamedFormats::uuid);
        put(all, "byte", "byte", text -> tried("invalid base64", () -> base64(text)));
        put(all, "date", "date", text -> tried("invalid date", () -> LocalDate.parse(text)));
        put(
                all,
                "datetime",
                "datetime",
                text -> tried("invalid datetime", () -> OffsetDateTime.parse(text)));
        return all;
    }

    private static void put(
            Map<String, NamedFormat> all,
            String key,
            String name,
            Function<String, List<String>> check) {
        all.put(key, new NamedFormat(name, check));
    }

    private static Function<String, List<String>> form(String regex, int length, String fault) {
        Pattern pattern = Pattern.compile(regex);
        return text -> {
            List<String> faults = new ArrayList<>();
            if (text.length() > length) {
                faults.add("must be no more than " + length + " characters");
            }
            if (!pattern.matcher(text).matches()) {
                faults.add(fault);
            }
            return faults;
        };
    }

    /** What comes behind a dash makes a name of it. */
    private static Function<String, List<String>> prefix(Function<String, List<String>> name) {
        return text ->
                name.apply(
                        text.length() > 1 && text.endsWith("-")
                                ? text.substring(0, text.length() - 2) + "a"
                                : text);
    }

    private static List<String> qualifiedName(
            String text, Function<String, List<String>> subdomain) {
        String[] parts = text.split("/", -1);
        List<String> faults = new ArrayList<>();
        if (parts.length > 2) {
            return List.of(
                    "a qualified name "
                            + NAME_FAULT.substring("name part ".length())
                            + " with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                faults.add("prefix part must be non-empty");
            } else {
                subdomain.apply(parts[0]).forEach(fault -> faults.add("prefix part " + fault));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            faults.add("name part must be non-empty");
        } else if (name.length() > LABEL_LENGTH) {
            faults.add("name part must be no more than " + LABEL_LENGTH + " characters");
        }
        if (!name.matches(QUALIFIED)) {
            faults.add(NAME_FAULT);
        }
        return faults;
    }

    private static List<String> uri(String text) {
        try {
            UrlValue.of(text);
            return List.of();
        } catch (FunctionFailure e) {
            String words = String.valueOf(e.getMessage());
            return List.of(words.substring(words.indexOf(": ") + 2));
        }
    }

    private static List<String> uuid(String text) {
        boolean good =
                text.matches(
                        "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
        return good ? List.of() : List.of("does not match the UUID format");
    }

    private static Object base64(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return Base64.getDecoder().decode(text);
    }

    private interface Attempt {
        Object make();
    }

    private static List<String> tried(String fault, Attempt attempt) {
        try {
            return attempt.make().equals("") ? List.of(fault) : List.of();
        } catch (IllegalArgumentException | DateTimeException e) {
            return List.of(fault);
        }
    }
}
