package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FilePaths;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The security contexts of a pod and of its containers. */
final class SecurityRules {

    private static final int HIGHEST_ID = Integer.MAX_VALUE;
    private static final List<String> PROFILES =
            List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final String SYSCTL =
            "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private static final Pattern SYSCTL_NAME = Pattern.compile(SYSCTL);
    private static final int LONGEST_SYSCTL = 253;

    private SecurityRules() {}

    static void validateContainer(Field context, PodView pod) {
        if (!context.exists()) {
            return;
        }
        context.get("runAsUser").between(0, HIGHEST_ID);
        context.get("runAsGroup").between(0, HIGHEST_ID);
        Field procMount = context.get("procMount");
        procMount.oneOf(List.of("Default", "Unmasked"));
        if (procMount.is("Unmasked") && pod.hostUsers()) {
            procMount.invalid("`hostUsers` must be false to use `Unmasked`");
        }
        validateProfiles(context);
        Field escalation = context.get("allowPrivilegeEscalation");
        if (escalation.exists() && !escalation.isTrue()) {
            forbidWhatEscalates(context);
        }
    }

    private static void forbidWhatEscalates(Field context) {
        if (context.get("privileged").isTrue()) {
            context.invalid(
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        for (Field capability : context.get("capabilities", "add").items()) {
            if (capability.is("CAP_SYS_ADMIN")) {
                context.invalid(
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                                + " CAP_SYS_ADMIN");
            }
        }
    }

    private static void validateProfiles(Field context) {
        validateProfile(context.get("seccompProfile"), "seccomp", "seccompProfile");
        validateProfile(context.get("appArmorProfile"), "AppArmor", "appArmorProfile");
    }

    private static void validateProfile(Field profile, String kind, String field) {
        if (!profile.exists()) {
            return;
        }
        Field type = profile.get("type");
        if (type.require("type is required when " + field + " is set")) {
            type.oneOf(PROFILES);
        }
        Field local = profile.get("localhostProfile");
        if (type.is("Localhost")) {
            if (local.require("must be set when " + kind + " type is Localhost")) {
                FilePaths.validateDescending(local.text(), local);
            }
        } else if (local.exists()) {
            local.invalid("can only be set when " + kind + " type is Localhost");
        }
    }

    static void validatePod(Field context, Field spec, PodView pod) {
        for (String id : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            context.get(id).between(0, HIGHEST_ID);
        }
        for (Field group : context.get("supplementalGroups").items()) {
            group.between(0, HIGHEST_ID);
        }
        if (pod.is("shareProcessNamespace") && pod.is("hostPID")) {
            context.get("shareProcessNamespace")
                    .invalid(true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        validateSysctls(context.get("sysctls"));
        context.get("fsGroupChangePolicy").oneOf(List.of("Always", "OnRootMismatch"));
        context.get("supplementalGroupsPolicy").oneOf(List.of("Merge", "Strict"));
        context.get("seLinuxChangePolicy").oneOf(List.of("MountOption", "Recursive"));
        validateProfiles(context);
        if (!pod.hostUsers()) {
            forbidHostNamespaces(spec, pod);
        }
    }

    private static void validateSysctls(Field sysctls) {
        Set<String> names = new HashSet<>();
        for (Field sysctl : sysctls.items()) {
            Field name = sysctl.get("name");
            if (!name.require("")) {
                continue;
            }
            if (name.text().length() > LONGEST_SYSCTL
                    || !SYSCTL_NAME.matcher(name.text()).matches()) {
                name.invalid(
                        "must have at most "
                                + LONGEST_SYSCTL
                                + " characters and match regex "
                                + SYSCTL);
            } else if (!names.add(name.text())) {
                name.duplicate(name.text());
            }
        }
    }

    /** The odd spelling of two of the fields is Kubernetes'. */
    private static void forbidHostNamespaces(Field spec, PodView pod) {
        String detail = "when `pod.Spec.HostUsers` is false";
        if (pod.is("hostNetwork")) {
            spec.get("hostNetwork").forbidden(detail);
        }
        if (pod.is("hostPID")) {
            spec.get("HostPID").forbidden(detail);
        }
        if (pod.is("hostIPC")) {
            spec.get("HostIPC").forbidden(detail);
        }
    }
}
