package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Claims;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/**
 * The rules of Service. Addresses and node ports that the user leaves open are allocated before
 * this, by admission.
 */
public final class ServiceRules implements Rules {

    private static final Claims CLAIMS = new ServiceClaims();
    static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final List<String> TRAFFIC_POLICIES = List.of("Cluster", "Local");
    private static final List<String> DISTRIBUTIONS =
            List.of("PreferClose", "PreferSameNode", "PreferSameZone");
    private static final int LONGEST_AFFINITY_SECONDS = 86_400;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec != null) {
            ServiceDefaults.setDefaults(spec);
        }
    }

    @Override
    public Claims claims() {
        return CLAIMS;
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        ServiceChanges.carryOver(Defaults.object(object, "spec"), old.path("spec"));
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        if (spec.get("ports").isEmpty() && !isHeadless(spec) && !isExternalName(spec)) {
            spec.get("ports").required("");
        }
        validateType(spec);
        ServicePortRules.validate(spec);
        Labels.validate(spec.get("selector"));
        validateAffinity(spec);
        ClusterIpRules.validate(spec);
        for (Field address : spec.get("externalIPs").items()) {
            Addresses.validate(address);
            Addresses.validateNotSpecial(address);
        }
        spec.get("type").requireOneOf(TYPES);
        validateLoadBalancer(spec);
        validateTraffic(spec);
    }

    static boolean isHeadless(Field spec) {
        return spec.get("clusterIPs").value().size() == 1
                && spec.get("clusterIPs").item(0).is("None");
    }

    static boolean isExternalName(Field spec) {
        return spec.get("type").is("ExternalName");
    }

    private static void validateType(Field spec) {
        String type = spec.get("type").text();
        switch (type) {
            case "LoadBalancer", "NodePort" -> {
                if (isHeadless(spec)) {
                    spec.get("clusterIPs")
                            .item(0)
                            .invalid("may not be set to 'None' for " + type + " services");
                }
            }
            case "ExternalName" -> validateExternalName(spec);
            default -> {}
        }
    }

    private static void validateExternalName(Field spec) {
        for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (!spec.get(field).isEmpty()) {
                spec.get(field).forbidden("may not be set for ExternalName services");
            }
        }
        Field name = spec.get("externalName");
        String host = name.text();
        String domain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (domain.isEmpty()) {
            name.required("");
        } else {
            Names.dnsSubdomain(domain).forEach(fault -> name.invalid(domain, fault));
        }
    }

    private static void validateAffinity(Field spec) {
        Field affinity = spec.get("sessionAffinity");
        affinity.requireOneOf(AFFINITIES);
        Field config = spec.get("sessionAffinityConfig");
        if (affinity.is("ClientIP")) {
            Field seconds = config.get("clientIP", "timeoutSeconds");
            if (seconds.require("when session affinity type is ClientIP")
                    && (seconds.number(0) <= 0 || seconds.number(0) > LONGEST_AFFINITY_SECONDS)) {
                seconds.invalid("must be greater than 0 and less than " + LONGEST_AFFINITY_SECONDS);
            }
        } else if (affinity.is("None") && config.exists()) {
            config.forbidden("must not be set when session affinity is None");
        }
    }

    private static void validateLoadBalancer(Field spec) {
        boolean balanced = spec.get("type").is("LoadBalancer");
        Field ranges = spec.get("loadBalancerSourceRanges");
        if (!ranges.isEmpty()) {
            Field place = spec.get("LoadBalancerSourceRanges").with(ranges.value());
            if (!balanced) {
                place.forbidden("may only be used when `type` is 'LoadBalancer'");
            }
            place.items().forEach(Addresses::validateRange);
        }
        for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
            if (spec.get(field).exists() && !balanced) {
                spec.get(field).forbidden("may only be used when `type` is 'LoadBalancer'");
            }
        }
        Field balancer = spec.get("loadBalancerClass");
        if (balancer.exists() && balanced) {
            balancer.invalid(Labels.keyFaults(balancer.text()));
        }
    }

    private static void validateTraffic(Field spec) {
        Field external = spec.get("externalTrafficPolicy");
        boolean reachable =
                spec.get("type").is("LoadBalancer")
                        || spec.get("type").is("NodePort")
                        || (spec.get("type").is("ClusterIP") && !spec.get("externalIPs").isEmpty());
        if (reachable) {
            external.requireOneOf(TRAFFIC_POLICIES);
        } else if (!external.isEmpty()) {
            external.invalid("may only be set for externally-accessible services");
        }
        Field health = spec.get("healthCheckNodePort");
        boolean checked = spec.get("type").is("LoadBalancer") && external.is("Local");
        if (!checked && health.number(0) != 0) {
            health.invalid(
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is"
                            + " 'Local'");
        }
        spec.get("internalTrafficPolicy").oneOf(TRAFFIC_POLICIES);
        spec.get("trafficDistribution").oneOf(DISTRIBUTIONS);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        ClusterIpRules.validateUpdate(spec, Field.of(old, new FieldErrors()).get("spec"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field ingress = Field.of(object, errors).get("status", "loadBalancer").get("ingress");
        for (Field point : ingress.items()) {
            if (!point.get("ip").isEmpty()) {
                Addresses.validate(point.get("ip"));
            }
            Field host = point.get("hostname");
            if (!host.isEmpty()) {
                host.invalid(Names.dnsSubdomain(host.text()));
                if (Addresses.isAddress(host.text())) {
                    host.invalid("must be a DNS name, not an IP address");
                }
            }
        }
    }
}
