package dev.orrery.apiserver.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the person behind the client is to be told besides the answer, whatever that is. Safe for
 * threads.
 */
public final class Notices {

    /** Kubernetes' own bounds: what fits into headers. */
    private static final int MAX_CHARACTERS = 4096;

    private static final int SHORTENED = 256;

    private final Set<String> texts = new LinkedHashSet<>();
    private int characters;

    public synchronized void add(String text) {
        if (text.isEmpty() || texts.contains(text)) {
            return;
        }
        boolean fits = characters + text.length() <= MAX_CHARACTERS;
        String shown = fits ? text : text.substring(0, Math.min(SHORTENED, text.length()));
        if (characters + shown.length() <= MAX_CHARACTERS && texts.add(shown)) {
            characters += shown.length();
        }
    }

    public synchronized List<String> all() {
        return List.copyOf(texts);
    }
}
