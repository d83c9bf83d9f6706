package dev.orrery.apiserver.definition;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.util.List;
import java.util.Locale;

/** The names of a kind, as they are asked for or accepted. */
final class NamesCheck {

    private NamesCheck() {}

    static void check(Field names) {
        label(names.get("plural"));
        label(names.get("singular"));
        kind(names.get("kind"));
        kind(names.get("listKind"));
        names.get("shortNames").items().forEach(NamesCheck::label);
        Field listKind = names.get("listKind");
        if (!listKind.isEmpty() && listKind.is(names.get("kind").text())) {
            listKind.invalid("kind and listKind may not be the same");
        }
        names.get("categories").items().forEach(NamesCheck::label);
    }

    private static void label(Field name) {
        List<String> faults = name.isEmpty() ? List.of() : Names.dns1035Label(name.text());
        if (!faults.isEmpty()) {
            name.invalid(String.join(",", faults));
        }
    }

    private static void kind(Field name) {
        List<String> faults =
                name.isEmpty()
                        ? List.of()
                        : Names.dns1035Label(name.text().toLowerCase(Locale.ROOT));
        if (!faults.isEmpty()) {
            name.invalid(
                    "may have mixed case, but should otherwise match: " + String.join(",", faults));
        }
    }
}
