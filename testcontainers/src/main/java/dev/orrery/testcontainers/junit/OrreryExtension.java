package dev.orrery.testcontainers.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link Orrery} stands for. */
final class OrreryExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace CLUSTERS = Namespace.create(OrreryExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        var _ = cluster(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == OrreryCluster.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        OrreryCluster cluster = cluster(context);
        return parameter.getParameter().getType() == OrreryCluster.class
                ? cluster
                : cluster.client();
    }

    /** JUnit closes it with the scope that it is kept in. */
    private static OrreryCluster cluster(ExtensionContext context) {
        Orrery wanted = wanted(context);
        Key key = new Key(wanted.nodes(), List.of(wanted.resources()));
        ExtensionContext scope = wanted.shared() ? context.getRoot() : ofClass(context);
        return scope.getStore(CLUSTERS)
                .computeIfAbsent(key, OrreryExtension::start, OrreryCluster.class);
    }

    private static OrreryCluster start(Key key) {
        OrreryCluster cluster = OrreryCluster.start(key.nodes);
        try {
            key.resources.forEach(cluster::apply);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Orrery wanted(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass();
                type != null;
                type = type.getEnclosingClass()) {
            Orrery wanted = type.getAnnotation(Orrery.class);
            if (wanted != null) {
                return wanted;
            }
        }
        throw new IllegalStateException("@Orrery is not on the test's class");
    }

    private static ExtensionContext ofClass(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        ExtensionContext scope = context;
        while (scope.getParent().isPresent()
                && scope.getParent().get().getTestClass().filter(type::equals).isPresent()) {
            scope = scope.getParent().get();
        }
        return scope;
    }

    private record Key(int nodes, List<String> resources) {}
}
