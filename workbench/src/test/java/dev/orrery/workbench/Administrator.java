package dev.orrery.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.function.Consumer;

/** What users and accidents do to objects in the namespace {@code default}. */
record Administrator(StoreClient store) {

    static Administrator of(Workbench workbench) {
        return new Administrator(workbench.admin());
    }

    void merge(Class<? extends HasMetadata> kind, String name, String patch) {
        store.patch(kind, namespace(kind), name, "", PatchType.MERGE, json(patch));
    }

    void strategic(Class<? extends HasMetadata> kind, String name, String patch) {
        store.patch(kind, namespace(kind), name, "", PatchType.STRATEGIC_MERGE, json(patch));
    }

    /** Deletes one of the pods that there are, by the user's usual way. */
    void deletePod(int which) {
        onPod(which, name -> store.delete(Pod.class, "default", name, Deletion.ANY));
    }

    /** Deletes one of the pods that there are, without waiting for it to end. */
    void killPod(int which) {
        Deletion now = Deletion.ANY.withGracePeriod(0);
        onPod(which, name -> store.delete(Pod.class, "default", name, now));
    }

    /** One of the pods that there are ends and is not started again. */
    void failPod(int which) {
        onPod(
                which,
                name ->
                        store.patch(
                                Pod.class,
                                "default",
                                name,
                                "status",
                                PatchType.MERGE,
                                json("{\"status\": {\"phase\": \"Failed\"}}")));
    }

    private void onPod(int which, Consumer<String> action) {
        List<Pod> pods = store.list(Pod.class, "default");
        if (pods.isEmpty()) {
            return;
        }
        try {
            action.accept(pods.get(which % pods.size()).getMetadata().getName());
        } catch (ApiException e) {
            // It may have gone in between.
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    private static String namespace(Class<? extends HasMetadata> kind) {
        return kind.getSimpleName().equals("Node") ? "" : "default";
    }

    private static JsonNode json(String text) {
        return Json.read(text.getBytes(UTF_8), JsonNode.class);
    }
}
