package dev.orrery.kubelet.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Go program's flags: {@code --name=value}, {@code --name value}, and words without. */
final class Flags {

    private final Map<String, String> values = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    /**
     * @param switches the names that take no value
     */
    Flags(List<String> arguments, Set<String> switches) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith("-") || word.length() == 1) {
                words.add(word);
                continue;
            }
            String name = word.replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            if (equals >= 0) {
                values.put(name.substring(0, equals), name.substring(equals + 1));
            } else if (switches.contains(name) || i + 1 == arguments.size()) {
                values.put(name, "true");
            } else {
                values.put(name, arguments.get(++i));
            }
        }
    }

    String text(String name, String usual) {
        return values.getOrDefault(name, usual);
    }

    int number(String name, int usual) {
        String value = values.get(name);
        return value != null && value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : usual;
    }

    boolean has(String name) {
        return "true".equals(values.get(name));
    }

    List<String> words() {
        return words;
    }
}
