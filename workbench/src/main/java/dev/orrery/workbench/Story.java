package dev.orrery.workbench;

import dev.orrery.machinery.log.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what happened, from the log: who wrote what, because of which, having seen what. */
public final class Story {

    private Story() {}

    /** The last so many records, a line each. */
    public static String tell(List<LogRecord> history, int lines) {
        Map<String, Long> held = new HashMap<>();
        List<String> told =
                history.stream().map(record -> line(record, held)).collect(Collectors.toList());
        int skipped = Math.max(0, told.size() - lines);
        return (skipped > 0 ? "... " + skipped + " records before ...\n" : "")
                + String.join("\n", told.subList(skipped, told.size()));
    }

    private static String line(LogRecord record, Map<String, Long> held) {
        String key = record.key().logKey();
        boolean won = record.takesEffect(held.getOrDefault(key, 0L));
        if (won) {
            if (record.value() == null) {
                held.remove(key);
            } else {
                held.put(key, record.resourceVersion());
            }
        }
        return "%s rv %-5d %-32s %-7s %s%s, had seen %d"
                .formatted(
                        record.header().time(),
                        record.resourceVersion(),
                        actor(record.header().actor()),
                        won ? verb(record) : "lost",
                        key,
                        because(record.header().cause()),
                        record.header().seen());
    }

    private static String verb(LogRecord record) {
        if (record.value() == null) {
            return "deleted";
        }
        return record.header().prev() == 0 ? "created" : "changed";
    }

    private static String actor(String actor) {
        int space = actor.indexOf(' ');
        return space < 0 ? actor : actor.substring(0, space);
    }

    private static String because(List<Long> cause) {
        return cause.isEmpty()
                ? ""
                : " because of "
                        + cause.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
