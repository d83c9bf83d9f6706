package dev.orrery.apiserver.kind;

import static dev.orrery.apiserver.kind.Trait.CONDITIONAL_UPDATE_ONLY;
import static dev.orrery.apiserver.kind.Trait.CREATE_ON_UPDATE;
import static dev.orrery.apiserver.kind.Trait.GENERATION;
import static dev.orrery.apiserver.kind.Trait.TYPE_CHECKED;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who may do what, what is admitted, and in which order. */
final class PolicyKinds {

    private static final String ADMISSION = "admissionregistration.k8s.io";
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String FLOWCONTROL = "flowcontrol.apiserver.k8s.io";

    private PolicyKinds() {}

    static List<Row> rows() {
        return Stream.of(admission(), reviews(), identities(), roles(), priorities())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> admission() {
        return List.of(
                admission("MutatingAdmissionPolicy", "mutatingadmissionpolicies"),
                admission("MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings"),
                admission("MutatingWebhookConfiguration", "mutatingwebhookconfigurations")
                        .categories("api-extensions")
                        .traits(CONDITIONAL_UPDATE_ONLY),
                admission("ValidatingAdmissionPolicy", "validatingadmissionpolicies")
                        .traits(TYPE_CHECKED)
                        .status(),
                admission("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings"),
                admission("ValidatingWebhookConfiguration", "validatingwebhookconfigurations")
                        .categories("api-extensions")
                        .traits(CONDITIONAL_UPDATE_ONLY));
    }

    private static Row admission(String kind, String plural) {
        return Row.of(ADMISSION, kind, plural).cluster().traits(GENERATION);
    }

    private static List<Row> reviews() {
        return List.of(
                review(AUTHENTICATION, "SelfSubjectReview").cluster(),
                review(AUTHENTICATION, "TokenReview").cluster(),
                review(AUTHORIZATION, "LocalSubjectAccessReview"),
                review(AUTHORIZATION, "SelfSubjectAccessReview").cluster(),
                review(AUTHORIZATION, "SelfSubjectRulesReview").cluster(),
                review(AUTHORIZATION, "SubjectAccessReview").cluster());
    }

    private static Row review(String group, String kind) {
        return Row.of(group, kind, kind.toLowerCase(Locale.ROOT) + "s").virtual();
    }

    private static List<Row> identities() {
        return List.of(
                Row.of(
                                "certificates.k8s.io",
                                "CertificateSigningRequest",
                                "certificatesigningrequests")
                        .shortNames("csr")
                        .cluster()
                        .part("approval")
                        .status());
    }

    private static List<Row> roles() {
        return List.of(
                role("ClusterRoleBinding", "clusterrolebindings").cluster(),
                role("ClusterRole", "clusterroles").cluster(),
                role("RoleBinding", "rolebindings"),
                role("Role", "roles"));
    }

    private static Row role(String kind, String plural) {
        return Row.of(RBAC, kind, plural).traits(CREATE_ON_UPDATE);
    }

    private static List<Row> priorities() {
        return List.of(
                Row.of(FLOWCONTROL, "FlowSchema", "flowschemas")
                        .cluster()
                        .traits(GENERATION)
                        .status(),
                Row.of(FLOWCONTROL, "PriorityLevelConfiguration", "prioritylevelconfigurations")
                        .cluster()
                        .traits(GENERATION)
                        .status(),
                Row.of("scheduling.k8s.io", "PriorityClass", "priorityclasses")
                        .shortNames("pc")
                        .cluster()
                        .traits(GENERATION));
    }
}
