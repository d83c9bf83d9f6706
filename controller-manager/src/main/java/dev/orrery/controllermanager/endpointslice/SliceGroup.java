package dev.orrery.controllermanager.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;

/** Endpoints of one family that are reached on the same ports: they can share slices. */
record SliceGroup(Form form, List<Endpoint> endpoints) {

    SliceGroup {
        endpoints = List.copyOf(endpoints);
    }

    /** What all endpoints of a slice have in common. */
    record Form(String addressType, List<EndpointPort> ports) {

        Form {
            ports = List.copyOf(ports);
        }

        static Form of(EndpointSlice slice) {
            return new Form(slice.getAddressType(), slice.getPorts());
        }
    }
}
