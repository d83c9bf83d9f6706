package dev.orrery.controllermanager.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.service.Shop;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#distribution-of-endpointslices,
 * with slices of at most four endpoints.
 */
class SlicePlanTest {

    private static final SliceTemplate TEMPLATE =
            new SliceTemplate(
                    Shop.service().build(),
                    Map.of("kubernetes.io/service-name", "web"),
                    Map.of(),
                    false,
                    4);

    @Test
    void aServiceWithoutEndpointsHasOneSliceThatSaysSo() {
        SlicePlan plan = plan(group(80));

        assertThat(plan.created()).hasSize(1);
        assertThat(plan.created().getFirst().getEndpoints()).isEmpty();
        assertThat(plan.created().getFirst().getPorts()).isEmpty();
        assertThat(plan(group(80), named("p", plan.created().getFirst()))).isEqualTo(nothing());
    }

    @Test
    void mirroredEndpointsNeedNone() {
        assertThat(SlicePlan.of(TEMPLATE, List.of(), Set.of(), List.of())).isEqualTo(nothing());
    }

    @Test
    void spreadsEndpointsOverFullSlices() {
        assertThat(plan(group(80, 1, 2, 3, 4, 5, 6)).created())
                .extracting(slice -> slice.getEndpoints().size())
                .containsExactly(4, 2);
    }

    @Test
    void leavesSlicesAloneThatHoldWhatTheyShould() {
        assertThat(plan(group(80, 1, 2, 3), slice("a", 80, 1, 2), slice("b", 80, 3)))
                .isEqualTo(nothing());
    }

    @Test
    void fillsASliceThatIsWrittenAnywayBeforeAnother() {
        SlicePlan plan = plan(group(80, 1, 3, 4, 9), slice("a", 80, 1, 2), slice("b", 80, 3, 4));

        assertThat(plan.created()).isEmpty();
        assertThat(plan.deleted()).isEmpty();
        assertThat(plan.changed()).singleElement().isEqualTo(slice("a", 80, 1, 9));
    }

    @Test
    void putsWhatIsLeftIntoTheFullestSliceThatHasRoom() {
        SlicePlan plan = plan(group(80, 1, 2, 3, 4, 9), slice("a", 80, 1), slice("b", 80, 2, 3, 4));

        assertThat(plan.changed()).singleElement().isEqualTo(slice("b", 80, 2, 3, 4, 9));
    }

    @Test
    void makesASliceWhereNoneHasRoomForAll() {
        SlicePlan plan = plan(group(80, 1, 2, 3, 7, 8), slice("a", 80, 1, 2, 3));

        assertThat(plan.changed()).isEmpty();
        assertThat(plan.created())
                .singleElement()
                .extracting(slice -> slice.getEndpoints().size())
                .isEqualTo(2);
    }

    @Test
    void deletesASliceWithoutEndpointsWhereOthersHaveSome() {
        SlicePlan plan = plan(group(80, 1), slice("a", 80, 1), slice("b", 80, 2));

        assertThat(plan).isEqualTo(new SlicePlan(List.of(), List.of(), List.of(slice("b", 80, 2))));
    }

    @Test
    void turnsASliceOfOldPortsIntoOneOfNewPorts() {
        SlicePlan plan = plan(group(81, 1), slice("a", 80, 1));

        assertThat(plan).isEqualTo(new SlicePlan(List.of(), List.of(slice("a", 81, 1)), List.of()));
    }

    @Test
    void leavesTheSlicesOfAnOlderServiceToTheirEnd() {
        EndpointSlice old =
                new EndpointSliceBuilder(slice("old", 80, 1))
                        .editMetadata()
                        .editFirstOwnerReference()
                        .withUid("another")
                        .endOwnerReference()
                        .endMetadata()
                        .build();
        SlicePlan plan = plan(group(80, 1), old);

        assertThat(plan.created()).hasSize(1);
        assertThat(plan.deleted()).containsExactly(old);
    }

    @Test
    void relabelsASliceWhoseServiceHasOtherLabels() {
        EndpointSlice strange =
                new EndpointSliceBuilder(slice("a", 80, 1))
                        .editMetadata()
                        .addToLabels("tier", "gone")
                        .endMetadata()
                        .build();

        assertThat(plan(group(80, 1), strange).changed()).containsExactly(slice("a", 80, 1));
    }

    private static SlicePlan nothing() {
        return new SlicePlan(List.of(), List.of(), List.of());
    }

    private static SlicePlan plan(SliceGroup group, EndpointSlice... existing) {
        return SlicePlan.of(TEMPLATE, List.of(group), Set.of("IPv4"), List.of(existing));
    }

    private static SliceGroup group(int port, int... endpoints) {
        return new SliceGroup(new SliceGroup.Form("IPv4", ports(port)), endpoints(endpoints));
    }

    private static EndpointSlice slice(String name, int port, int... endpoints) {
        return named(
                name,
                TEMPLATE.fresh(new SliceGroup.Form("IPv4", ports(port)), endpoints(endpoints)));
    }

    private static EndpointSlice named(String name, EndpointSlice slice) {
        return new EndpointSliceBuilder(slice).editMetadata().withName(name).endMetadata().build();
    }

    private static List<EndpointPort> ports(int port) {
        return List.of(new EndpointPortBuilder().withName("").withPort(port).build());
    }

    private static List<Endpoint> endpoints(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> new EndpointBuilder().withAddresses("10.0.0." + number).build())
                .toList();
    }
}
