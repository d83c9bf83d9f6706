package dev.orrery.controllermanager.endpoints;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Endpoints hold a thousand addresses and no more. Where there are more, ready ones go before
 * others, and each subset gives up its part: of 1,200 ready in subsets of 900 and 300 stay 750 and
 * 250; of 900 ready and 300 others stay 900 and 100.
 */
final class Capacity {

    static final int MOST_ADDRESSES = 1000;

    private Capacity() {}

    static boolean isExceededBy(List<EndpointSubset> subsets) {
        return ready(subsets) + others(subsets) > MOST_ADDRESSES;
    }

    static List<EndpointSubset> cut(List<EndpointSubset> subsets) {
        if (!isExceededBy(subsets)) {
            return subsets;
        }
        int ready = ready(subsets);
        if (ready > MOST_ADDRESSES) {
            Cut cut = new Cut(EndpointSubset::getAddresses, ready, MOST_ADDRESSES);
            return subsets.stream().map(subset -> with(subset, cut.of(subset), List.of())).toList();
        }
        Cut cut =
                new Cut(
                        EndpointSubset::getNotReadyAddresses,
                        others(subsets),
                        MOST_ADDRESSES - ready);
        return subsets.stream()
                .map(subset -> with(subset, subset.getAddresses(), cut.of(subset)))
                .toList();
    }

    private static EndpointSubset with(
            EndpointSubset subset, List<EndpointAddress> ready, List<EndpointAddress> others) {
        return new EndpointSubsetBuilder(subset)
                .withAddresses(ready)
                .withNotReadyAddresses(others)
                .build();
    }

    private static int ready(List<EndpointSubset> subsets) {
        return subsets.stream().mapToInt(subset -> subset.getAddresses().size()).sum();
    }

    private static int others(List<EndpointSubset> subsets) {
        return subsets.stream().mapToInt(subset -> subset.getNotReadyAddresses().size()).sum();
    }

    /** Shares out what room there is, rounding up until it is used up. */
    private static final class Cut {

        private final Function<EndpointSubset, List<EndpointAddress>> addresses;
        private final int total;
        private final int most;
        private int left;

        Cut(Function<EndpointSubset, List<EndpointAddress>> addresses, int total, int most) {
            this.addresses = addresses;
            this.total = total;
            this.most = most;
            this.left = most;
        }

        List<EndpointAddress> of(EndpointSubset subset) {
            List<EndpointAddress> all = addresses.apply(subset);
            int share = (int) Math.ceil((double) all.size() / total * most);
            int kept = Math.min(all.size(), Math.min(share, left));
            left -= kept;
            return new ArrayList<>(all.subList(0, kept));
        }
    }
}
