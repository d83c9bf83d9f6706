package dev.orrery.apiserver.nodeaccess;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which objects the pods on a node refer to. Kubelets here follow the log instead of asking, so
 * nothing is kept ready: a question looks at pods until one is found, and remembers that one.
 */
final class NodeObjects {

    /** Pods that lately answered a question; a thousand nodes ask for a few things each. */
    private static final int REMEMBERED = 4096;

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
    private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
    private static final GroupResource ATTACHMENTS =
            new GroupResource("storage.k8s.io", "volumeattachments");

    private final Supplier<ClusterState> state;
    private final Map<Question, ObjectKey> answers =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Question, ObjectKey> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Question(String node, GroupResource resource, String namespace, String name) {}

    NodeObjects(Supplier<ClusterState> state) {
        this.state = state;
    }

    boolean isNeeded(String node, Access access) {
        GroupResource resource = new GroupResource(access.group(), access.resource());
        if (resource.equals(PODS)) {
            JsonNode pod =
                    tree(state.get(), new ObjectKey(PODS, access.namespace(), access.name()));
            return pod != null && isOn(pod, node);
        }
        if (resource.equals(ATTACHMENTS)) {
            JsonNode one = tree(state.get(), new ObjectKey(ATTACHMENTS, "", access.name()));
            return one != null && one.path("spec").path("nodeName").asText().equals(node);
        }
        if (resource.equals(VOLUMES)) {
            return isVolumeNeeded(node, access.name());
        }
        return isNeeded(new Question(node, resource, access.namespace(), access.name()));
    }

    private boolean isVolumeNeeded(String node, String name) {
        JsonNode volume = tree(state.get(), new ObjectKey(VOLUMES, "", name));
        if (volume == null) {
            return false;
        }
        JsonNode claim = volume.path("spec").path("claimRef");
        return claim.isObject()
                && isNeeded(
                        new Question(
                                node,
                                CLAIMS,
                                claim.path("namespace").asText(),
                                claim.path("name").asText()));
    }

    private boolean isNeeded(Question question) {
        ClusterState now = state.get();
        ObjectKey last = remembered(question);
        if (last != null && needs(tree(now, last), question)) {
            return true;
        }
        for (Stored stored : now.list(PODS, question.namespace())) {
            if (needs(Trees.read(stored.value()), question)) {
                remember(question, stored.key());
                return true;
            }
        }
        return false;
    }

    private synchronized @Nullable ObjectKey remembered(Question question) {
        return answers.get(question);
    }

    private synchronized void remember(Question question, ObjectKey pod) {
        answers.put(question, pod);
    }

    private static boolean needs(@Nullable JsonNode pod, Question question) {
        return pod != null
                && isOn(pod, question.node())
                && PodReferences.has(pod, question.resource(), question.name());
    }

    private static boolean isOn(JsonNode pod, String node) {
        return pod.path("spec").path("nodeName").asText("").equals(node);
    }

    private static @Nullable JsonNode tree(ClusterState state, ObjectKey key) {
        Stored stored = state.get(key);
        return stored == null ? null : Trees.read(stored.value());
    }
}
