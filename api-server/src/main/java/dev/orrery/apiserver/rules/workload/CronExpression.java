package dev.orrery.apiserver.rules.workload;

import java.util.List;
import java.util.Locale;

/**
 * Tells what is wrong with a schedule of five fields, or with a descriptor like {@code @daily} or
 * {@code @every 5m}, in the words of the parser that Kubernetes uses.
 */
final class CronExpression {

    private static final List<String> DESCRIPTORS =
            List.of(
                    "@yearly",
                    "@annually",
                    "@monthly",
                    "@weekly",
                    "@daily",
                    "@midnight",
                    "@hourly");
    private static final List<String> MONTHS =
            List.of(
                    "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final List<String> DAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Bounds> FIELDS =
            List.of(
                    new Bounds(0, 59, List.of()),
                    new Bounds(0, 23, List.of()),
                    new Bounds(1, 31, List.of()),
                    new Bounds(1, 12, MONTHS),
                    new Bounds(0, 6, DAYS));

    /** What a field may hold, and the names that stand for numbers. */
    private record Bounds(int least, int most, List<String> names) {}

    private static final class Fault extends Exception {
        Fault(String message) {
            super(message);
        }
    }

    private CronExpression() {}

    /** Empty if the schedule is well formed. */
    static String fault(String schedule) {
        try {
            check(withoutZone(schedule));
            return "";
        } catch (Fault e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String withoutZone(String schedule) {
        boolean zoned = schedule.startsWith("TZ=") || schedule.startsWith("CRON_TZ=");
        int space = schedule.indexOf(' ');
        return zoned && space > 0 ? schedule.substring(space).strip() : schedule;
    }

    private static void check(String schedule) throws Fault {
        if (schedule.startsWith("@")) {
            checkDescriptor(schedule);
            return;
        }
        String stripped = schedule.strip();
        String[] fields = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
        if (fields.length != FIELDS.size()) {
            throw new Fault(
                    "expected exactly 5 fields, found "
                            + fields.length
                            + ": ["
                            + String.join(" ", fields)
                            + "]");
        }
        for (int i = 0; i < fields.length; i++) {
            for (String part : fields[i].split(",")) {
                checkRange(part, FIELDS.get(i));
            }
        }
    }

    private static void checkDescriptor(String schedule) throws Fault {
        if (DESCRIPTORS.contains(schedule)) {
            return;
        }
        if (schedule.startsWith("@every ")) {
            String duration = schedule.substring("@every ".length());
            if (!duration.matches("([0-9]+(\\.[0-9]*)?(ns|us|µs|ms|s|m|h))+")) {
                throw new Fault(
                        "failed to parse duration "
                                + schedule
                                + ": time: invalid duration \""
                                + duration
                                + "\"");
            }
            return;
        }
        throw new Fault("unrecognized descriptor: " + schedule);
    }

    private static void checkRange(String expression, Bounds bounds) throws Fault {
        String[] rangeAndStep = expression.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        int start;
        int end;
        if (ends[0].equals("*") || ends[0].equals("?")) {
            start = bounds.least();
            end = bounds.most();
        } else {
            start = number(ends[0], bounds);
            end = ends.length == 1 ? start : number(ends[1], bounds);
            if (ends.length > 2) {
                throw new Fault("too many hyphens: " + expression);
            }
        }
        checkStep(rangeAndStep, expression);
        if (rangeAndStep.length == 2 && ends.length == 1) {
            end = bounds.most();
        }
        checkBounds(start, end, bounds, expression);
    }

    private static void checkStep(String[] rangeAndStep, String expression) throws Fault {
        if (rangeAndStep.length > 2) {
            throw new Fault("too many slashes: " + expression);
        }
        if (rangeAndStep.length == 2 && parse(rangeAndStep[1]) == 0) {
            throw new Fault("step of range should be a positive number: " + expression);
        }
    }

    private static void checkBounds(int start, int end, Bounds bounds, String expression)
            throws Fault {
        if (start < bounds.least()) {
            throw new Fault(
                    "beginning of range ("
                            + start
                            + ") below minimum ("
                            + bounds.least()
                            + "): "
                            + expression);
        }
        if (end > bounds.most()) {
            throw new Fault(
                    "end of range ("
                            + end
                            + ") above maximum ("
                            + bounds.most()
                            + "): "
                            + expression);
        }
        if (start > end) {
            throw new Fault(
                    "beginning of range ("
                            + start
                            + ") beyond end of range ("
                            + end
                            + "): "
                            + expression);
        }
    }

    private static int number(String text, Bounds bounds) throws Fault {
        int named = bounds.names().indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 && !text.isEmpty() ? named : parse(text);
    }

    private static int parse(String text) throws Fault {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Fault(
                    "failed to parse int from "
                            + text
                            + ": strconv.Atoi: parsing \""
                            + text
                            + "\": invalid syntax");
        }
        if (number < 0) {
            throw new Fault("negative number (" + number + ") not allowed: " + text);
        }
        return number;
    }
}
