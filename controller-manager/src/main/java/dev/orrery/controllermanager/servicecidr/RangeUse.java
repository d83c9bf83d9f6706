package dev.orrery.controllermanager.servicecidr;

import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import java.util.Collection;
import java.util.Map;

/** Whether a range may go: no address may be left that is in no other. */
final class RangeUse {

    private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";

    private RangeUse() {}

    static boolean isFree(
            ServiceCIDR range, Collection<ServiceCIDR> ranges, Collection<IPAddress> addresses) {
        Collection<ServiceCIDR> others =
                ranges.stream().filter(other -> !name(other).equals(name(range))).toList();
        boolean covered =
                range.getSpec().getCidrs().stream()
                        .allMatch(cidr -> contain(others, Prefix.of(cidr)));
        return covered
                || addresses.stream()
                        .filter(RangeUse::isAllocated)
                        .map(address -> Prefix.ofAddress(address.getMetadata().getName()))
                        .noneMatch(
                                address -> contains(range, address) && !contain(others, address));
    }

    private static boolean contain(Collection<ServiceCIDR> ranges, Prefix prefix) {
        return ranges.stream().anyMatch(range -> contains(range, prefix));
    }

    private static boolean contains(ServiceCIDR range, Prefix prefix) {
        return range.getSpec().getCidrs().stream()
                .anyMatch(cidr -> Prefix.of(cidr).contains(prefix));
    }

    private static boolean isAllocated(IPAddress address) {
        Map<String, String> labels = address.getMetadata().getLabels();
        return labels != null && "ipallocator.k8s.io".equals(labels.get(MANAGED_BY));
    }

    private static String name(ServiceCIDR range) {
        return range.getMetadata().getName();
    }
}
