package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.util.ArrayList;
import java.util.List;

/** A pod's names, its resolver, and the ports of a pod that lives in its host's network. */
final class PodNetworkRules {

    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final int MOST_NAMESERVERS = 3;
    private static final int MOST_SEARCHES = 32;
    private static final int LONGEST_SEARCHES = 2048;

    private PodNetworkRules() {}

    static void validate(Field spec, PodView pod) {
        spec.get("dnsPolicy").requireOneOf(DNS_POLICIES);
        validateConfig(spec.get("dnsConfig"), spec.get("dnsPolicy").is("None"));
        for (String name : List.of("hostname", "subdomain")) {
            if (!spec.get(name).isEmpty()) {
                spec.get(name).invalid(Names.dnsLabel(spec.get(name).text()));
            }
        }
        for (Field alias : spec.get("hostAliases").items()) {
            Addresses.validate(alias.get("ip"));
            for (Field host : alias.get("hostnames").items()) {
                host.invalid(Names.dnsSubdomain(host.text()));
            }
        }
        if (pod.is("hostNetwork")) {
            validateHostPorts(spec, pod);
        }
    }

    private static void validateHostPorts(Field spec, PodView pod) {
        for (Field container : spec.get("containers").items()) {
            for (Field port : container.get("ports").items()) {
                long host = port.get("hostPort").number(0);
                boolean checked = pod.isPod() || host != 0;
                if (checked && host != port.get("containerPort").number(0)) {
                    port.get("hostPort")
                            .invalid(host, "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void validateConfig(Field config, boolean needed) {
        if (needed) {
            if (!config.exists()) {
                config.required("must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (!config.get("nameservers")
                    .require("must provide at least one DNS nameserver when `dnsPolicy` is None")) {
                return;
            }
        }
        Field servers = config.get("nameservers");
        if (servers.value().size() > MOST_NAMESERVERS) {
            servers.invalid("must not have more than " + MOST_NAMESERVERS + " nameservers");
        }
        servers.items().forEach(Addresses::validate);
        validateSearches(config.get("searches"));
        for (Field option : config.get("options").items()) {
            if (option.get("name").isEmpty()) {
                option.required("must not be empty");
            }
        }
    }

    private static void validateSearches(Field searches) {
        List<String> all = new ArrayList<>();
        for (Field search : searches.items()) {
            all.add(search.text());
        }
        if (all.size() > MOST_SEARCHES) {
            searches.invalid("must not have more than " + MOST_SEARCHES + " search paths");
        }
        if (String.join(" ", all).length() > LONGEST_SEARCHES) {
            searches.invalid(
                    "must not have more than "
                            + LONGEST_SEARCHES
                            + " characters (including spaces) in the search list");
        }
        for (Field search : searches.items()) {
            String name = search.text();
            String domain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!name.equals(".")) {
                for (String fault : Names.searchDomain(domain)) {
                    search.invalid(domain, fault);
                }
            }
        }
    }
}
