package dev.orrery.apiserver.rules.workload;

/**
 * Indexes of an indexed job as its status writes them: {@code 0-2,5,7-9} are seven.
 *
 * @param fault empty if the text is well formed
 */
record Indexes(long total, String fault) {

    static Indexes parse(String text, long completions) {
        if (text.isEmpty()) {
            return new Indexes(0, "");
        }
        long total = 0;
        long last = -1;
        for (String interval : text.split(",", -1)) {
            String[] ends = interval.split("-", -1);
            if (ends.length > 2) {
                return fault(
                        "the fragment \""
                                + interval
                                + "\" violates the requirement that an index interval can have at"
                                + " most two parts separated by '-'");
            }
            for (String end : ends) {
                String fault = faultOf(end, completions);
                if (!fault.isEmpty()) {
                    return fault(fault);
                }
            }
            long low = Long.parseLong(ends[0]);
            long high = Long.parseLong(ends[ends.length - 1]);
            if (ends.length == 2 && low >= high) {
                return fault("non-increasing order, previous: " + low + ", current: " + high);
            }
            if (last >= low) {
                return fault("non-increasing order, previous: " + last + ", current: " + low);
            }
            total += high - low + 1;
            last = high;
        }
        return new Indexes(total, "");
    }

    private static String faultOf(String index, long completions) {
        boolean number =
                !index.isEmpty()
                        && index.length() <= 10
                        && index.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return "cannot convert string to integer for index: \"" + index + "\"";
        }
        return Long.parseLong(index) >= completions ? "too large index: \"" + index + "\"" : "";
    }

    private static Indexes fault(String fault) {
        return new Indexes(0, fault);
    }
}
