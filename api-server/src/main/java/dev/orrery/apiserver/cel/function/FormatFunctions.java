package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.FORMAT;
import static dev.orrery.apiserver.cel.function.ValueTypes.OPTIONAL_STRINGS;

import dev.cel.common.types.OptionalType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code format.dns1123Label().validate('my-name')}: nothing, or what is wrong. */
final class FormatFunctions {

    private FormatFunctions() {}

    static void addTo(Functions to) {
        Map<String, NamedFormat> formats = NamedFormats.all();
        formats.forEach((name, format) ->
                to.global("format." + name, "format." + name, FORMAT, _ -> format));
        to.global(
                "format.named",
                "format-named",
                OptionalType.create(FORMAT),
                a -> Optional.ofNullable(formats.get((String) a[0])),
                STRING);
        to.member(
                "validate",
                "format-validate",
                OPTIONAL_STRINGS,
                a -> validate((NamedFormat) a[0], (String) a[1]),
                FORMAT,
                STRING);
    }

    private static Optional<List<String>> validate(NamedFormat format, String text) {
        List<String> faults = format.check().apply(text);
        return faults.isEmpty() ? Optional.empty() : Optional.of(faults);
    }
}
