package dev.orrery.controllermanager.podautoscaler;

import java.util.Map;

/** What the pods' use is held against. */
interface Measure {

    /**
     * @param ratio of the use to the target
     * @param utilization percentage of what is requested; 0 where that is not asked
     * @param average thousandths a pod
     */
    record Reading(double ratio, int utilization, long average) {}

    Reading read(Map<String, Long> amounts);

    /** What a pod is assumed to use of which nothing is known, so that nothing shrinks for it. */
    long wanted(String pod);

    /** Percentages are whole, as in Kubernetes: 149 of 200 are 74 %. */
    static Measure utilization(Map<String, Long> requests, int target) {
        return new Measure() {
            @Override
            public Reading read(Map<String, Long> amounts) {
                long used = 0;
                long requested = 0;
                int count = 0;
                for (Map.Entry<String, Long> amount : amounts.entrySet()) {
                    Long request = requests.get(amount.getKey());
                    if (request != null) {
                        used += amount.getValue();
                        requested += request;
                        count++;
                    }
                }
                if (requested == 0) {
                    throw new MetricException("no metrics returned matched known pods");
                }
                int utilization = (int) (used * 100 / requested);
                return new Reading((double) utilization / target, utilization, used / count);
            }

            @Override
            public long wanted(String pod) {
                long request = requests.getOrDefault(pod, 0L);
                return Math.max(target, 100) * request / 100;
            }
        };
    }

    static Measure average(long target) {
        return new Measure() {
            @Override
            public Reading read(Map<String, Long> amounts) {
                long used = amounts.values().stream().mapToLong(Long::longValue).sum();
                long average = used / amounts.size();
                return new Reading((double) average / target, 0, average);
            }

            @Override
            public long wanted(String pod) {
                return target;
            }
        };
    }
}
