package dev.orrery.apiserver.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One clause of an Accept header, or a content type. */
public record MediaRange(String type, Map<String, String> parameters) {

    public MediaRange {
        parameters = Map.copyOf(parameters);
    }

    /** The clauses of a header, the ones that the client likes best first. */
    public static List<MediaRange> parse(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String clause : header.split(",")) {
            ranges.add(one(clause));
        }
        ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
        return ranges;
    }

    public static MediaRange one(String clause) {
        String[] parts = clause.split(";");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parts[i].substring(0, equals).strip(),
                        parts[i].substring(equals + 1).strip());
            }
        }
        return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
    }

    private double quality() {
        try {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
