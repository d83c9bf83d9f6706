package dev.orrery.controllermanager.storage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;

/** The annotations by which the parts of Kubernetes' storage machinery speak with each other. */
public final class Marks {

    /** On a claim: it once had its volume, so that one that is missing now is lost. */
    public static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

    /** On a claim or a volume: the controller chose the other side, not the user. */
    public static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    /** On a volume: who made it, and so who is to delete it. */
    public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    /** On a claim: who is to make its volume. */
    public static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";

    /** The older name of {@link #PROVISIONER}, which older provisioners still read. */
    public static final String BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

    /** On a claim: the node for which the scheduler wants its volume. */
    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    /** The older way to name a claim's or a volume's class. */
    public static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

    private static final String YES = "yes";

    private Marks() {}

    public static boolean has(HasMetadata object, String mark) {
        return all(object).containsKey(mark);
    }

    /** The mark's value; empty where there is none. */
    public static String value(HasMetadata object, String mark) {
        return all(object).getOrDefault(mark, "");
    }

    /** The object's annotations and this mark. */
    public static Map<String, String> with(HasMetadata object, String mark) {
        return with(object, mark, YES);
    }

    public static Map<String, String> with(HasMetadata object, String mark, String value) {
        Map<String, String> marks = new HashMap<>(all(object));
        marks.put(mark, value);
        return marks;
    }

    public static Map<String, String> without(HasMetadata object, String mark) {
        Map<String, String> marks = new HashMap<>(all(object));
        marks.remove(mark);
        return marks;
    }

    private static Map<String, String> all(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
