package dev.orrery.userland.applet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command's words, sorted into letters, their values, and operands. */
final class Options {
    private final Map<Character, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    /** Letters followed by a colon take a value, as in getopts. Options may stand anywhere. */
    Options(List<String> words, String letters) {
        boolean open = true;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!open || !word.startsWith("-") || word.equals("-")) {
                operands.add(word);
            } else if (word.equals("--")) {
                open = false;
            } else if (!word.startsWith("--")) {
                i += cluster(word, letters, i + 1 < words.size() ? words.get(i + 1) : "");
            }
        }
    }

    private int cluster(String word, String letters, String following) {
        for (int at = 1; at < word.length(); at++) {
            char letter = word.charAt(at);
            int known = letters.indexOf(letter);
            if (known >= 0 && known + 1 < letters.length() && letters.charAt(known + 1) == ':') {
                boolean attached = at + 1 < word.length();
                values.put(letter, attached ? word.substring(at + 1) : following);
                return attached ? 0 : 1;
            }
            values.put(letter, "");
        }
        return 0;
    }

    boolean has(char letter) {
        return values.containsKey(letter);
    }

    @Nullable String value(char letter) {
        return values.get(letter);
    }

    List<String> operands() {
        return operands;
    }
}
