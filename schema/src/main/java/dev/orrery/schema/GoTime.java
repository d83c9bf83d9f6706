package dev.orrery.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/**
 * Reads times as Go's {@code time.Parse} does with the layouts of metav1.Time and MicroTime, and
 * writes them as those do: UTC, whole seconds or microseconds.
 */
final class GoTime {

    private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
    private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";

    private final String text;
    private final boolean micro;
    private int at;

    private GoTime(String text, boolean micro) {
        this.text = text;
        this.micro = micro;
    }

    /**
     * @throws IllegalArgumentException in Go's words
     */
    static String canonical(String text, boolean micro) {
        return !micro && isCanonical(text) ? text : new GoTime(text, micro).read();
    }

    static String format(LocalDateTime utc, boolean micro) {
        StringBuilder out = new StringBuilder(27);
        digits(out, utc.getYear(), 4);
        digits(out.append('-'), utc.getMonthValue(), 2);
        digits(out.append('-'), utc.getDayOfMonth(), 2);
        digits(out.append('T'), utc.getHour(), 2);
        digits(out.append(':'), utc.getMinute(), 2);
        digits(out.append(':'), utc.getSecond(), 2);
        if (micro) {
            digits(out.append('.'), utc.get(ChronoField.MICRO_OF_SECOND), 6);
        }
        return out.append('Z').toString();
    }

    private static void digits(StringBuilder out, int value, int width) {
        String text = Integer.toString(value);
        out.repeat('0', Math.max(0, width - text.length())).append(text);
    }

    /** What every Go client sends; the 29th to 31st are left to the long way. */
    private static boolean isCanonical(String text) {
        if (text.length() != SECONDS.length() - "07:00".length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char model = "dddd-dd-ddTdd:dd:ddZ".charAt(i);
            if (model == 'd' ? c < '0' || c > '9' : c != model) {
                return false;
            }
        }
        return within(text, 5, 1, 12)
                && within(text, 8, 1, 28)
                && within(text, 11, 0, 23)
                && within(text, 14, 0, 59)
                && within(text, 17, 0, 59);
    }

    private static boolean within(String text, int at, int min, int max) {
        int value = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return value >= min && value <= max;
    }

    private String read() {
        int year = number("2006", 4, 4, 0, 9999);
        literal("-");
        int month = number("01", 2, 2, 1, 12);
        literal("-");
        int day = number("02", 1, 2, 0, 99);
        literal("T");
        int hour = number("15", 1, 2, 0, 23);
        literal(":");
        int minute = number("04", 2, 2, 0, 59);
        literal(":");
        int second = number("05", 2, 2, 0, 59);
        int nanos = fraction();
        int offset = zone();
        if (at < text.length()) {
            throw wrong(": extra text: " + GoText.quote(text.substring(at)));
        }
        return format(
                LocalDateTime.of(date(year, month, day), LocalTime.of(hour, minute, second, nanos))
                        .minusSeconds(offset),
                micro);
    }

    private LocalDate date(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(wrong(": day out of range").getMessage(), e);
        }
    }

    private int number(String element, int minDigits, int maxDigits, int min, int max) {
        int end = at;
        while (end < text.length() && end < at + maxDigits && isDigit(end)) {
            end++;
        }
        if (end - at < minDigits) {
            throw cannotParse(element);
        }
        int value = Integer.parseInt(text.substring(at, end));
        if (value < min || value > max) {
            throw wrong(": " + rangeName(element) + " out of range");
        }
        at = end;
        return value;
    }

    private static String rangeName(String element) {
        return switch (element) {
            case "01" -> "month";
            case "15" -> "hour";
            case "04" -> "minute";
            case "05" -> "second";
            default -> "year";
        };
    }

    private void literal(String literal) {
        if (!text.startsWith(literal, at)) {
            throw cannotParse(literal);
        }
        at += literal.length();
    }

    private int fraction() {
        boolean there = at < text.length() && ".,".indexOf(text.charAt(at)) >= 0;
        int end = at + 1;
        while (there && end < text.length() && isDigit(end) && (!micro || end - at <= 6)) {
            end++;
        }
        if (micro && (!there || end - at != 7)) {
            throw cannotParse(".000000");
        }
        if (!there || end == at + 1) {
            return 0;
        }
        String digits = (text.substring(at + 1, end) + "00000000").substring(0, 9);
        at = end;
        return Integer.parseInt(digits);
    }

    /** In seconds. */
    private int zone() {
        if (text.startsWith("Z", at)) {
            at++;
            return 0;
        }
        String rest = text.substring(at);
        if (!rest.matches("[+-]\\d\\d:\\d\\d.*")) {
            throw cannotParse("Z07:00");
        }
        try {
            ZoneOffset offset = ZoneOffset.of(rest.substring(0, "+07:00".length()));
            at += "+07:00".length();
            return offset.getTotalSeconds();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    wrong(": time zone offset hour out of range").getMessage(), e);
        }
    }

    private boolean isDigit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private IllegalArgumentException cannotParse(String element) {
        return wrong(
                " as "
                        + GoText.quote(micro ? MICROS : SECONDS)
                        + ": cannot parse "
                        + GoText.quote(text.substring(at))
                        + " as "
                        + GoText.quote(element));
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("parsing time " + GoText.quote(text) + what);
    }
}
