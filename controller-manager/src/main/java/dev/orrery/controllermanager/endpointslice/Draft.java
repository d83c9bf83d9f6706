package dev.orrery.controllermanager.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan that is being made. One thread. */
final class Draft {

    private final SliceTemplate template;
    private final Deque<EndpointSlice> created = new ArrayDeque<>();
    private final List<EndpointSlice> changed = new ArrayList<>();
    private final List<EndpointSlice> deleted = new ArrayList<>();

    Draft(SliceTemplate template) {
        this.template = template;
    }

    void discard(EndpointSlice slice) {
        deleted.add(slice);
    }

    /** Spreads a group over the slices that are there for it, and new ones. */
    void place(SliceGroup group, List<EndpointSlice> slices) {
        Map<String, Endpoint> missing = new LinkedHashMap<>();
        group.endpoints().forEach(endpoint -> missing.put(identity(endpoint), endpoint));
        List<Filling> fillings =
                slices.stream().map(slice -> Filling.keeping(slice, missing)).toList();
        Deque<Endpoint> homeless = new ArrayDeque<>(missing.values());
        fill(fillings, homeless);
        settle(group, fillings);
        while (!homeless.isEmpty()) {
            created.add(template.fresh(group.form(), take(homeless, template.mostEndpoints())));
        }
        if (group.endpoints().isEmpty() && slices.isEmpty()) {
            created.add(template.fresh(group.form(), List.of()));
        }
    }

    /** First the slices that are written anyway, the fullest first; then one that has room. */
    private void fill(List<Filling> fillings, Deque<Endpoint> homeless) {
        fillings.stream()
                .filter(filling -> filling.isChanged(template) && !filling.endpoints().isEmpty())
                .sorted(Comparator.comparingInt(filling -> -filling.endpoints().size()))
                .forEach(filling -> filling.add(take(homeless, room(filling))));
        fillings.stream()
                .filter(filling -> !homeless.isEmpty() && room(filling) >= homeless.size())
                .min(Comparator.comparingInt(this::room))
                .ifPresent(filling -> filling.add(take(homeless, homeless.size())));
    }

    private int room(Filling filling) {
        return template.mostEndpoints() - filling.endpoints().size();
    }

    private void settle(SliceGroup group, List<Filling> fillings) {
        boolean placeholder = group.endpoints().isEmpty();
        for (Filling filling : fillings) {
            if (filling.endpoints().isEmpty() && !placeholder) {
                deleted.add(filling.slice());
            } else if (filling.isChanged(template)) {
                changed.add(template.refilled(filling.slice(), group.form(), filling.endpoints()));
            }
            placeholder = false;
        }
    }

    /** What is to be deleted takes the place of what is to be made, where it may. */
    SlicePlan plan() {
        List<EndpointSlice> left = new ArrayList<>();
        for (EndpointSlice slice : deleted) {
            EndpointSlice next = template.owns(slice) ? creatable(slice.getAddressType()) : null;
            if (next == null) {
                left.add(slice);
            } else {
                changed.add(
                        template.refilled(slice, SliceGroup.Form.of(next), next.getEndpoints()));
            }
        }
        return new SlicePlan(List.copyOf(created), changed, left);
    }

    private @Nullable EndpointSlice creatable(String addressType) {
        EndpointSlice next = created.peekLast();
        return next != null && next.getAddressType().equals(addressType)
                ? created.pollLast()
                : null;
    }

    private static List<Endpoint> take(Deque<Endpoint> endpoints, int most) {
        List<Endpoint> taken = new ArrayList<>();
        while (taken.size() < most && !endpoints.isEmpty()) {
            taken.add(endpoints.removeFirst());
        }
        return taken;
    }

    /** The pod and its address. */
    private static String identity(Endpoint endpoint) {
        String addresses = String.join(",", endpoint.getAddresses());
        return endpoint.getTargetRef() == null || endpoint.getTargetRef().getUid() == null
                ? addresses
                : endpoint.getTargetRef().getUid() + "/" + addresses;
    }

    /** A slice and what it is going to hold. */
    private record Filling(EndpointSlice slice, List<Endpoint> endpoints) {

        /** Takes what the slice keeps out of what is missing. */
        static Filling keeping(EndpointSlice slice, Map<String, Endpoint> missing) {
            List<Endpoint> kept = new ArrayList<>();
            for (Endpoint endpoint : slice.getEndpoints()) {
                Endpoint current = missing.remove(identity(endpoint));
                if (current != null) {
                    kept.add(current);
                }
            }
            return new Filling(slice, kept);
        }

        void add(List<Endpoint> more) {
            endpoints.addAll(more);
        }

        boolean isChanged(SliceTemplate template) {
            return !endpoints.equals(slice.getEndpoints()) || !template.fits(slice);
        }
    }
}
