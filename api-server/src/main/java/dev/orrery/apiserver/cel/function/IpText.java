package dev.orrery.apiserver.cel.function;

/** The text of IP addresses. */
final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    static IpValue parse(String text) {
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        if (plain.indexOf(':') >= 0) {
            return new IpValue(parse6(text, plain));
        }
        if (plain.indexOf('.') >= 0) {
            return new IpValue(parse4(text, plain));
        }
        throw failure(text, "unable to parse IP");
    }

    private static int[] parse4(String text, String plain) {
        String[] fields = plain.split("\\.", -1);
        int[] bytes = new int[4];
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i];
            if (!field.matches("[0-9]+")) {
                throw failure(
                        text,
                        field.isEmpty()
                                ? "IPv4 field must have at least one digit"
                                : "unexpected character (at \"" + field + "\")");
            }
            if (field.length() > 1 && field.startsWith("0")) {
                throw failure(text, "IPv4 field has octet with leading zero");
            }
            if (field.length() > 3 || Integer.parseInt(field) > 255) {
                throw failure(text, "IPv4 field has value >255");
            }
            if (i < 4) {
                bytes[i] = Integer.parseInt(field);
            }
        }
        if (fields.length != 4) {
            throw failure(
                    text, fields.length < 4 ? "IPv4 address too short" : "IPv4 address too long");
        }
        return bytes;
    }

    private static int[] parse6(String text, String plain) {
        int gap = plain.indexOf("::");
        int[] head = groups(text, gap < 0 ? plain : plain.substring(0, gap));
        int[] tail = gap < 0 ? new int[0] : groups(text, plain.substring(gap + 2));
        int given = head.length + tail.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            throw failure(text, given < GROUPS ? "address string too short" : "trailing garbage");
        }
        int[] bytes = new int[2 * GROUPS];
        for (int i = 0; i < head.length; i++) {
            put(bytes, i, head[i]);
        }
        for (int i = 0; i < tail.length; i++) {
            put(bytes, GROUPS - tail.length + i, tail[i]);
        }
        return bytes;
    }

    private static void put(int[] bytes, int group, int value) {
        bytes[2 * group] = value >> 8;
        bytes[2 * group + 1] = value & 0xff;
    }

    private static int[] groups(String text, String part) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] fields = part.split(":", -1);
        boolean dotted = fields[fields.length - 1].indexOf('.') >= 0;
        int[] groups = new int[dotted ? fields.length + 1 : fields.length];
        for (int i = 0; i < (dotted ? fields.length - 1 : fields.length); i++) {
            if (!fields[i].matches("[0-9a-fA-F]{1,4}")) {
                throw failure(
                        text,
                        fields[i].isEmpty()
                                ? "each colon-separated field must have at least one digit"
                                : "unexpected character (at \"" + fields[i] + "\")");
            }
            groups[i] = Integer.parseInt(fields[i], 16);
        }
        if (dotted) {
            int[] last = parse4(text, fields[fields.length - 1]);
            groups[groups.length - 2] = last[0] << 8 | last[1];
            groups[groups.length - 1] = last[2] << 8 | last[3];
        }
        return groups;
    }

    private static FunctionFailure failure(String text, String why) {
        return new FunctionFailure("ParseAddr(\"" + text + "\"): " + why);
    }

    /** The longest row of two or more zeros becomes {@code ::}. */
    static String format6(int[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = bytes[2 * i] << 8 | bytes[2 * i + 1];
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
