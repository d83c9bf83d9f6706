package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The columns of what governs others: roles, budgets, priorities, certificates, webhooks. */
final class PolicyTables {

    static final Columns POD_DISRUPTION_BUDGET =
            Layout.named()
                    .text(
                            "Min Available",
                            "How many pods must stay.",
                            o -> Texts.or(o.path("spec").path("minAvailable"), "N/A"))
                    .text(
                            "Max Unavailable",
                            "How many pods may go.",
                            o -> Texts.or(o.path("spec").path("maxUnavailable"), "N/A"))
                    .number(
                            "Allowed Disruptions",
                            "How many may go now.",
                            "/status/disruptionsAllowed")
                    .age();

    static final Columns PRIORITY_CLASS =
            Layout.named()
                    .number("Value", "The priority of its pods.", "/value")
                    .flag(
                            "Global-Default",
                            "Whether pods without a class have it.",
                            "/globalDefault",
                            false)
                    .age()
                    .text(
                            "PreemptionPolicy",
                            "Whether its pods push others away.",
                            o -> Texts.or(o.path("preemptionPolicy"), Texts.UNSET));

    static final Columns RUNTIME_CLASS =
            Layout.named().text("Handler", "What runs its pods.", "/handler").age();

    /** Roles print their creation time as it is. */
    static final Columns ROLE =
            Layout.named()
                    .text("Created At", "When it was created.", "/metadata/creationTimestamp");

    static final Columns BINDING =
            Layout.named()
                    .text(
                            "Role",
                            "What its subjects may do.",
                            o ->
                                    o.path("roleRef").path("kind").asText("")
                                            + "/"
                                            + o.path("roleRef").path("name").asText(""))
                    .age()
                    .wide("Users", "The users in it.", o -> subjects(o, "User"))
                    .wide("Groups", "The groups in it.", o -> subjects(o, "Group"))
                    .wide(
                            "ServiceAccounts",
                            "The service accounts in it.",
                            o -> subjects(o, "ServiceAccount"));

    static final Columns CERTIFICATE_SIGNING_REQUEST =
            Layout.named()
                    .age()
                    .text(
                            "SignerName",
                            "Who is to sign it.",
                            o -> Texts.orNone(o.path("spec").path("signerName")))
                    .text("Requestor", "Who asked.", "/spec/username")
                    .text(
                            "RequestedDuration",
                            "How long it is to last.",
                            PolicyTables::requestedDuration)
                    .text("Condition", "What has become of it.", PolicyTables::signing);

    static final Columns WEBHOOKS =
            Layout.named()
                    .number(
                            "Webhooks",
                            "How many webhooks it has.",
                            o -> (long) o.path("webhooks").size())
                    .age();

    static final Columns VALIDATING_ADMISSION_POLICY =
            Layout.named()
                    .number(
                            "Validations",
                            "How many rules it has.",
                            o -> (long) o.path("spec").path("validations").size())
                    .text("ParamKind", "What configures it.", PolicyTables::paramKind)
                    .age();

    static final Columns MUTATING_ADMISSION_POLICY =
            Layout.named()
                    .number(
                            "Mutations",
                            "How many rules it has.",
                            o -> (long) o.path("spec").path("mutations").size())
                    .text("ParamKind", "What configures it.", PolicyTables::paramKind)
                    .age();

    static final Columns ADMISSION_POLICY_BINDING =
            Layout.named()
                    .text("PolicyName", "The policy that it binds.", "/spec/policyName")
                    .text("ParamRef", "What configures it.", PolicyTables::paramRef)
                    .age();

    static final Columns FLOW_SCHEMA =
            Layout.named()
                    .text(
                            "PriorityLevel",
                            "The level of its requests.",
                            "/spec/priorityLevelConfiguration/name")
                    .number(
                            "MatchingPrecedence",
                            "Its place in the order.",
                            "/spec/matchingPrecedence")
                    .text(
                            "DistinguisherMethod",
                            "How flows are told apart.",
                            o -> Texts.orNone(o.at("/spec/distinguisherMethod/type")))
                    .age()
                    .text("MissingPL", "Whether its level is missing.", PolicyTables::dangling);

    static final Columns PRIORITY_LEVEL =
            Layout.named()
                    .text("Type", "Whether it is limited.", "/spec/type")
                    .text(
                            "NominalConcurrencyShares",
                            "Its share.",
                            o -> Texts.orNone(o.at("/spec/limited/nominalConcurrencyShares")))
                    .text("Queues", "How many queues it has.", o -> queuing(o, "queues"))
                    .text("HandSize", "Queues for each flow.", o -> queuing(o, "handSize"))
                    .text(
                            "QueueLengthLimit",
                            "How long a queue may be.",
                            o -> queuing(o, "queueLengthLimit"))
                    .age();

    private PolicyTables() {}

    private static String subjects(JsonNode binding, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : binding.path("subjects")) {
            if (subject.path("kind").asText("").equals(kind)) {
                String name = subject.path("name").asText("");
                names.add(
                        kind.equals("ServiceAccount")
                                ? subject.path("namespace").asText("") + "/" + name
                                : name);
            }
        }
        return String.join(", ", names);
    }

    private static String requestedDuration(JsonNode request) {
        JsonNode seconds = request.path("spec").path("expirationSeconds");
        return seconds.isNumber() ? Age.of(Duration.ofSeconds(seconds.asLong())) : Texts.NONE;
    }

    private static String signing(JsonNode request) {
        List<String> types = Texts.each(request.path("status").path("conditions"), "type");
        String text =
                types.contains("Denied")
                        ? "Denied"
                        : types.contains("Approved") ? "Approved" : "Pending";
        if (types.contains("Failed")) {
            text += ",Failed";
        }
        boolean issued = !request.path("status").path("certificate").asText("").isEmpty();
        return issued ? text + ",Issued" : text;
    }

    private static String paramKind(JsonNode policy) {
        JsonNode kind = policy.path("spec").path("paramKind");
        return kind.isObject()
                ? kind.path("apiVersion").asText("") + "/" + kind.path("kind").asText("")
                : Texts.UNSET;
    }

    private static String paramRef(JsonNode binding) {
        JsonNode reference = binding.path("spec").path("paramRef");
        String name = reference.path("name").asText("");
        if (!name.isEmpty()) {
            return Texts.or(reference.path("namespace"), "*") + "/" + name;
        }
        return reference.has("selector") ? Texts.selector(reference.path("selector")) : Texts.UNSET;
    }

    private static String dangling(JsonNode schema) {
        for (JsonNode condition : schema.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals("Dangling")) {
                return condition.path("status").asText("");
            }
        }
        return "?";
    }

    private static String queuing(JsonNode level, String field) {
        return Texts.orNone(level.at("/spec/limited/limitResponse/queuing").path(field));
    }
}
