package dev.orrery.controllermanager.cronjob;

import java.util.List;
import java.util.Locale;

/**
 * The numbers that one field of a schedule allows.
 *
 * @param bits bit n is set where n is allowed
 * @param isAny written as a star: it does not restrict
 */
record CronField(long bits, boolean isAny) {

    boolean has(int number) {
        return (bits >>> number & 1) != 0;
    }

    CronField and(CronField other) {
        return new CronField(bits | other.bits, isAny || other.isAny);
    }

    /** What a field may hold, and the names that stand for numbers. */
    record Range(int least, int most, List<String> names) {

        static final Range MINUTES = new Range(0, 59, List.of());
        static final Range HOURS = new Range(0, 23, List.of());
        static final Range DAYS = new Range(1, 31, List.of());
        static final Range MONTHS =
                new Range(
                        1,
                        12,
                        List.of(
                                "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
                                "oct", "nov", "dec"));
        static final Range WEEKDAYS =
                new Range(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

        Range {
            names = List.copyOf(names);
        }

        /** Of a list such as {@code 1,5-10,*}{@code /15}. */
        CronField parse(String list) {
            CronField field = new CronField(0, false);
            for (String part : list.split(",")) {
                field = field.and(parsePart(part));
            }
            return field;
        }

        private CronField parsePart(String part) {
            String[] rangeAndStep = part.split("/", -1);
            String[] ends = rangeAndStep[0].split("-", -1);
            if (rangeAndStep.length > 2 || ends.length > 2) {
                throw new IllegalArgumentException("too many hyphens or slashes: " + part);
            }
            boolean star = ends[0].equals("*") || ends[0].equals("?");
            int first = star ? least : number(ends[0]);
            int step = rangeAndStep.length == 2 ? Integer.parseInt(rangeAndStep[1]) : 1;
            // 5/15 means 5-59/15.
            boolean open = star || (ends.length == 1 && rangeAndStep.length == 2);
            int last = open ? most : number(ends[ends.length - 1]);
            if (first < least || last > most || first > last || step < 1) {
                throw new IllegalArgumentException("out of range: " + part);
            }
            return new CronField(bits(first, last, step), star && step == 1);
        }

        private int number(String text) {
            int named = text.isEmpty() ? -1 : names.indexOf(text.toLowerCase(Locale.ROOT));
            return named >= 0 ? named : Integer.parseInt(text);
        }

        private static long bits(int first, int last, int step) {
            long bits = 0;
            for (int number = first; number <= last; number += step) {
                bits |= 1L << number;
            }
            return bits;
        }
    }
}
