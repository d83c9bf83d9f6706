package dev.orrery.apiserver.rules.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the spec of a claim asks for, wherever it stands. */
final class DeviceRequests {

    private static final String EXACT_COUNT = "ExactCount";
    private static final int MOST = 32;

    private DeviceRequests() {}

    static void setDefaults(ObjectNode spec) {
        ObjectNode devices = Defaults.existing(spec, "devices");
        if (devices == null) {
            return;
        }
        for (ObjectNode request : Defaults.objects(devices, "requests")) {
            ObjectNode exactly = Defaults.existing(request, "exactly");
            if (exactly != null) {
                count(exactly);
            }
            Defaults.objects(request, "firstAvailable").forEach(DeviceRequests::count);
        }
    }

    private static void count(ObjectNode request) {
        Defaults.text(request, "allocationMode", EXACT_COUNT);
        if (request.path("allocationMode").asText().equals(EXACT_COUNT)) {
            Defaults.numberUnlessZero(request, "count", 1);
        }
    }

    static void validate(Field spec) {
        Field requests = spec.get("devices", "requests");
        if (requests.items().size() > MOST) {
            requests.errors().tooMany(requests.path(), requests.items().size(), MOST);
        }
        Set<String> names = new HashSet<>();
        for (Field request : requests.items()) {
            Field name = request.get("name");
            if (name.require("") && !names.add(name.text())) {
                name.duplicate(name.text());
            }
            name.invalid(name.isEmpty() ? List.of() : Names.dnsLabel(name.text()));
            boolean exactly = request.get("exactly").exists();
            boolean first = !request.get("firstAvailable").isEmpty();
            if (exactly == first) {
                String fault = "exactly one of `exactly` or `firstAvailable` is required";
                if (exactly) {
                    request.invalid(fault);
                } else {
                    request.required(fault);
                }
            }
            if (exactly) {
                validateOne(request.get("exactly"));
            }
            request.get("firstAvailable").items().forEach(DeviceRequests::validateOne);
        }
    }

    private static void validateOne(Field request) {
        Field deviceClass = request.get("deviceClassName");
        if (deviceClass.require("")) {
            deviceClass.invalid(Names.dnsSubdomain(deviceClass.text()));
        }
        Field count = request.get("count");
        Field mode = request.get("allocationMode");
        switch (mode.text()) {
            case "All" -> {
                if (count.number(0) != 0) {
                    count.invalid("must not be specified when allocationMode is 'All'");
                }
            }
            case EXACT_COUNT -> {
                if (count.number(0) <= 0) {
                    count.invalid("must be greater than zero");
                }
            }
            default -> mode.notSupported(List.of("All", EXACT_COUNT));
        }
    }
}
