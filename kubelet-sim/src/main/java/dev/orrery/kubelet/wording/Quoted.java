package dev.orrery.kubelet.wording;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;

/** Names as Go's formats print them. */
public final class Quoted {

    private Quoted() {}

    /** {@code %q} of a text without special characters. */
    public static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** {@code %v} of a list: {@code [a b]}. */
    public static String list(Collection<String> names) {
        return "[" + String.join(" ", names) + "]";
    }

    /** A pod in the kubelet's messages: {@code web_default(3f1c...)}. */
    public static String pod(Pod pod) {
        return pod.getMetadata().getName()
                + "_"
                + pod.getMetadata().getNamespace()
                + "("
                + pod.getMetadata().getUid()
                + ")";
    }
}
