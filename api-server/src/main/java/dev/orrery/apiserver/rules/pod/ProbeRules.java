package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Ports;
import java.util.List;

/** Probes and lifecycle hooks: both are handlers, of exactly one kind. */
final class ProbeRules {

    private static final List<String> HANDLERS =
            List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep");
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
    private static final List<String> COUNTS =
            List.of(
                    "initialDelaySeconds",
                    "timeoutSeconds",
                    "periodSeconds",
                    "successThreshold",
                    "failureThreshold");
    private static final String GRACE = "terminationGracePeriodSeconds";

    private ProbeRules() {}

    static void validateAll(Field container, PodView pod) {
        for (String hook : List.of("postStart", "preStop")) {
            Field handler = container.get("lifecycle", hook);
            if (handler.exists()) {
                validateHandler(handler, pod);
            }
        }
        validateProbe(container.get("livenessProbe"), pod);
        requireOneSuccess(container.get("livenessProbe"));
        Field readiness = container.get("readinessProbe");
        validateProbe(readiness, pod);
        if (readiness.get(GRACE).exists()) {
            readiness.get(GRACE).invalid("must not be set for readinessProbes");
        }
        validateProbe(container.get("startupProbe"), pod);
        requireOneSuccess(container.get("startupProbe"));
    }

    private static void requireOneSuccess(Field probe) {
        if (probe.exists() && probe.get("successThreshold").number(0) != 1) {
            probe.get("successThreshold").invalid("must be 1");
        }
    }

    private static void validateProbe(Field probe, PodView pod) {
        if (!probe.exists()) {
            return;
        }
        validateHandler(probe, pod);
        for (String count : COUNTS) {
            probe.get(count).notNegative();
        }
        if (probe.get(GRACE).exists() && probe.get(GRACE).number(1) <= 0) {
            probe.get(GRACE).invalid("must be greater than 0");
        }
    }

    private static void validateHandler(Field handler, PodView pod) {
        boolean found = false;
        for (String kind : HANDLERS) {
            Field one = handler.get(kind);
            if (!one.exists()) {
                continue;
            }
            if (found) {
                one.forbidden("may not specify more than 1 handler type");
            } else {
                found = true;
                validateKind(kind, one, pod);
            }
        }
        if (!found) {
            handler.required("must specify a handler type");
        }
    }

    private static void validateKind(String kind, Field handler, PodView pod) {
        switch (kind) {
            case "exec" -> handler.get("command").require("");
            case "httpGet" -> validateHttpGet(handler);
            case "sleep" -> validateSleep(handler, pod);
            default -> Ports.validateNumberOrName(handler.get("port"));
        }
    }

    private static void validateHttpGet(Field get) {
        get.get("path").require("");
        Ports.validateNumberOrName(get.get("port"));
        if (!SCHEMES.contains(get.get("scheme").text())) {
            get.get("scheme").notSupported(SCHEMES);
        }
        for (Field header : get.get("httpHeaders").items()) {
            String name = header.get("name").text();
            for (String fault : Names.httpHeader(name)) {
                get.get("httpHeaders").invalid(name, fault);
            }
        }
    }

    private static void validateSleep(Field sleep, PodView pod) {
        long seconds = sleep.get("seconds").number(0);
        long grace = pod.spec().path(GRACE).asLong();
        if (seconds < 0 || seconds > grace) {
            sleep.invalid(
                    seconds,
                    "must be non-negative and less than terminationGracePeriodSeconds ("
                            + grace
                            + ")");
        }
    }
}
