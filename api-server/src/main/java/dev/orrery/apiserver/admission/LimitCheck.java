package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.resource.Quantity;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Compares what is wanted with the limits of one range, and collects what does not fit. */
final class LimitCheck {

    private final List<String> faults = new ArrayList<>();

    List<String> faults() {
        return List.copyOf(faults);
    }

    void check(JsonNode limit, Map<String, Quantity> requests, Map<String, Quantity> limits) {
        String type = limit.path("type").asText("");
        each(
                limit.path("min"),
                (name, least) -> atLeast(name, type, least, requests.get(name), limits.get(name)));
        each(
                limit.path("max"),
                (name, most) -> atMost(name, type, most, requests.get(name), limits.get(name)));
        each(
                limit.path("maxLimitRequestRatio"),
                (name, most) -> ratio(name, type, most, requests.get(name), limits.get(name)));
    }

    /** A claim has requests alone. */
    void checkClaim(JsonNode limit, Map<String, Quantity> requests) {
        String type = limit.path("type").asText("");
        each(
                limit.path("min"),
                (name, least) -> atLeast(name, type, least, requests.get(name), null));
        each(
                limit.path("max"),
                (name, most) -> {
                    Quantity request = requests.get(name);
                    String bound = "maximum " + name + " usage per " + type + " is " + most;
                    if (request == null) {
                        faults.add(bound + ". No request is specified");
                    } else if (request.compareTo(most) > 0) {
                        faults.add(bound + ", but request is " + request);
                    }
                });
    }

    private static void each(JsonNode list, BiConsumer<String, Quantity> check) {
        for (Map.Entry<String, JsonNode> entry : list.properties()) {
            check.accept(entry.getKey(), Quantity.of(entry.getValue()));
        }
    }

    private void atLeast(
            String name,
            String type,
            Quantity least,
            @Nullable Quantity request,
            @Nullable Quantity limit) {
        String bound = "minimum " + name + " usage per " + type + " is " + least;
        if (request == null) {
            faults.add(bound + ". No request is specified");
        } else if (request.compareTo(least) < 0) {
            faults.add(bound + ", but request is " + request);
        } else if (limit != null && limit.compareTo(least) < 0) {
            faults.add(bound + ", but limit is " + limit);
        }
    }

    private void atMost(
            String name,
            String type,
            Quantity most,
            @Nullable Quantity request,
            @Nullable Quantity limit) {
        String bound = "maximum " + name + " usage per " + type + " is " + most;
        if (limit == null) {
            faults.add(bound + ". No limit is specified");
        } else if (limit.compareTo(most) > 0) {
            faults.add(bound + ", but limit is " + limit);
        } else if (request != null && request.compareTo(most) > 0) {
            faults.add(bound + ", but request is " + request);
        }
    }

    private void ratio(
            String name,
            String type,
            Quantity most,
            @Nullable Quantity request,
            @Nullable Quantity limit) {
        String bound = name + " max limit to request ratio per " + type + " is " + most + ", but ";
        if (request == null || request.signum() == 0) {
            faults.add(bound + "no request is specified or request is 0");
        } else if (limit == null || limit.signum() == 0) {
            faults.add(bound + "no limit is specified or limit is 0");
        } else {
            var ratio = limit.amount().divide(request.amount(), MathContext.DECIMAL64);
            if (ratio.compareTo(most.amount()) > 0) {
                faults.add(
                        bound
                                + String.format(
                                        Locale.ROOT, "provided ratio is %f", ratio.doubleValue()));
            }
        }
    }
}
