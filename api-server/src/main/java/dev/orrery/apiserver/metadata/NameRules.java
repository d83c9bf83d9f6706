package dev.orrery.apiserver.metadata;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the names of a kind's objects must look like; most are DNS subdomains. */
final class NameRules {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private static final Map<GroupResource, Function<String, List<String>>> OTHERS =
            Map.of(
                    new GroupResource("", "namespaces"), Names::dnsLabel,
                    new GroupResource("", "services"), Names::dns1035Label,
                    new GroupResource(RBAC, "roles"), Names::pathSegment,
                    new GroupResource(RBAC, "rolebindings"), Names::pathSegment,
                    new GroupResource(RBAC, "clusterroles"), Names::pathSegment,
                    new GroupResource(RBAC, "clusterrolebindings"), Names::pathSegment,
                    new GroupResource("networking.k8s.io", "ipaddresses"), NameRules::address);

    private NameRules() {}

    static List<String> faults(Kind kind, String name) {
        return OTHERS.getOrDefault(kind.storage(), Names::dnsSubdomain).apply(name);
    }

    private static List<String> address(String name) {
        if (!Addresses.isAddress(name)) {
            return List.of("ParseAddr(\"" + name + "\"): unable to parse IP");
        }
        return name.equals(name.toLowerCase(Locale.ROOT))
                ? List.of()
                : List.of("must be a canonical format IP address");
    }

    /** The faults of what a name will begin with. */
    static List<String> prefixFaults(Kind kind, String prefix) {
        // what is generated ends in letters, so a hyphen at the end is no fault
        String asName =
                prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
        return faults(kind, asName);
    }
}
