package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.metadata.Identities;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;

/** Every pod runs as a service account that exists, and finds its token in a volume. */
public final class ServiceAccount implements AdmissionPlugin {

    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String VOLUME = "kube-api-access-";
    private static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final int TOKEN_SECONDS = 3607;
    private static final int READABLE = 0644;

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode pod = attributes.object();
        if (pod == null || !Cluster.writes(attributes, Operation.CREATE, Cluster.PODS)) {
            return;
        }
        if (pod.path("metadata").path("annotations").has(MIRROR)) {
            return;
        }
        ObjectNode spec = Defaults.object(pod, "spec");
        Defaults.text(spec, "serviceAccountName", "default");
        String name = spec.path("serviceAccountName").asText();
        spec.put("serviceAccount", name);
        ObjectNode account = Cluster.of(attributes).get(ACCOUNTS, attributes.namespace(), name);
        if (account == null) {
            throw Refusals.forbidden(
                    Cluster.PODS,
                    attributes.name(),
                    "error looking up service account "
                            + attributes.namespace()
                            + "/"
                            + name
                            + ": serviceaccount \""
                            + name
                            + "\" not found");
        }
        if (mountsToken(account, spec)) {
            mountToken(spec, new Identities(attributes.random()));
        }
        JsonNode secrets = account.path("imagePullSecrets");
        if (spec.path("imagePullSecrets").isEmpty() && !secrets.isEmpty()) {
            spec.set("imagePullSecrets", secrets);
        }
    }

    /** The pod decides, else the account. */
    private static boolean mountsToken(JsonNode account, JsonNode spec) {
        String field = "automountServiceAccountToken";
        return spec.path(field).asBoolean(account.path(field).asBoolean(true));
    }

    private static void mountToken(ObjectNode spec, Identities identities) {
        String existing = existingVolume(spec);
        String volume = existing.isEmpty() ? identities.name(VOLUME) : existing;
        boolean mounted = false;
        for (String list : List.of("initContainers", "containers")) {
            for (ObjectNode container : Defaults.objects(spec, list)) {
                mounted |= mount(container, volume);
            }
        }
        if (existing.isEmpty() && mounted) {
            addVolume(spec, volume);
        }
    }

    private static String existingVolume(JsonNode spec) {
        for (JsonNode volume : spec.path("volumes")) {
            String name = volume.path("name").asText("");
            if (name.startsWith(VOLUME)) {
                return name;
            }
        }
        return "";
    }

    /** What a container has mounted there stays. */
    private static boolean mount(ObjectNode container, String volume) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("mountPath").asText("").equals(PLACE)) {
                return false;
            }
        }
        Defaults.list(container, "volumeMounts")
                .addObject()
                .put("name", volume)
                .put("readOnly", true)
                .put("mountPath", PLACE);
        return true;
    }

    private static void addVolume(ObjectNode spec, String name) {
        ObjectNode volume = Defaults.list(spec, "volumes").addObject().put("name", name);
        ObjectNode projected = volume.putObject("projected");
        var sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        ObjectNode authority = sources.addObject().putObject("configMap");
        authority.put("name", "kube-root-ca.crt");
        authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        ObjectNode namespace =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        namespace.put("path", "namespace");
        namespace
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", READABLE);
    }
}
