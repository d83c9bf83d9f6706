package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.List;
import java.util.Set;

/**
 * Nothing is made in a namespace that does not exist or is going away, and the namespaces that the
 * cluster itself needs stay.
 */
public final class NamespaceLifecycle implements AdmissionPlugin {

    private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    @Override
    public void mutate(Attributes attributes) {
        boolean isNamespace = attributes.kind().storage().equals(NAMESPACES);
        if (isNamespace) {
            keepImmortal(attributes);
        } else if (attributes.kind().namespaced() && attributes.operation() == Operation.CREATE) {
            requireActive(attributes);
        }
    }

    private static void keepImmortal(Attributes attributes) {
        if (attributes.operation() == Operation.DELETE && IMMORTAL.contains(attributes.name())) {
            throw Refusals.forbidden(
                    NAMESPACES, attributes.name(), "this namespace may not be deleted");
        }
    }

    private static void requireActive(Attributes attributes) {
        String name = attributes.namespace();
        Stored stored = attributes.state().get(new ObjectKey(NAMESPACES, "", name));
        if (stored == null) {
            throw Refusals.notFound(NAMESPACES, name);
        }
        ObjectNode namespace = Trees.read(stored.value());
        boolean terminating = namespace.path("metadata").hasNonNull("deletionTimestamp");
        if (!terminating || attributes.kind().plural().endsWith("reviews")) {
            return;
        }
        throw Refusals.forbidden(
                attributes.kind().resource(),
                attributes.name(),
                "unable to create new content in namespace "
                        + name
                        + " because it is being terminated",
                List.of(
                        new Cause(
                                "NamespaceTerminating",
                                "namespace " + name + " is being terminated",
                                "metadata.namespace")));
    }
}
