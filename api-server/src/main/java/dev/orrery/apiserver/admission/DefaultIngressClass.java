package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.machinery.log.GroupResource;

/** An ingress that names no class gets the default one, if there is one. */
public final class DefaultIngressClass implements AdmissionPlugin {

    private static final GroupResource INGRESSES =
            new GroupResource("networking.k8s.io", "ingresses");
    private static final GroupResource CLASSES =
            new GroupResource("networking.k8s.io", "ingressclasses");
    private static final String MARK = "ingressclass.kubernetes.io/is-default-class";
    private static final String OLD_FIELD = "kubernetes.io/ingress.class";

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode ingress = attributes.object();
        if (ingress == null || !Cluster.writes(attributes, Operation.CREATE, INGRESSES)) {
            return;
        }
        ObjectNode spec = Defaults.object(ingress, "spec");
        boolean named =
                !Defaults.isAbsent(spec, "ingressClassName")
                        || ingress.path("metadata").path("annotations").has(OLD_FIELD);
        if (!named) {
            DefaultClass.among(Cluster.of(attributes).list(CLASSES, ""), MARK)
                    .ifPresent(name -> spec.put("ingressClassName", name));
        }
    }
}
