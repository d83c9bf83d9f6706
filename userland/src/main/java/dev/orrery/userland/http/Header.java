package dev.orrery.userland.http;

import java.util.List;
import java.util.Locale;

/** One line of a message's head; text in the form of {@link dev.orrery.userland.file.Raw}. */
public record Header(String name, String value) {

    /** The first value of a name, whatever its case; empty where there is none. */
    public static String first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    static boolean says(List<Header> headers, String name, String word) {
        return first(headers, name).toLowerCase(Locale.ROOT).contains(word);
    }
}
