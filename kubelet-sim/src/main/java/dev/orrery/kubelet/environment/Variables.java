package dev.orrery.kubelet.environment;

import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment of one container: the services that it can see, what comes whole from ConfigMaps
 * and Secrets, and its own variables, the later before the earlier. Made anew for each start.
 */
public final class Variables {

    private static final String MASTER_NAMESPACE = "default";
    private static final String MASTER_SERVICE = "kubernetes";

    private final ClusterObjects objects;
    private final PodFields fields;
    private final ResourceFields resources;
    private final Container container;
    private final Map<String, String> variables = new LinkedHashMap<>();

    private Variables(
            ClusterObjects objects,
            PodFields fields,
            ResourceFields resources,
            Container container) {
        this.objects = objects;
        this.fields = fields;
        this.resources = resources;
        this.container = container;
    }

    /**
     * @throws UnavailableException where something that the environment needs is not there
     */
    public static Map<String, String> of(
            ClusterObjects objects, PodFields fields, ResourceFields resources, Container container)
            throws UnavailableException {
        Variables environment = new Variables(objects, fields, resources, container);
        for (EnvFromSource source : container.getEnvFrom()) {
            environment.addAll(source);
        }
        Map<String, String> services = environment.services();
        for (EnvVar variable : container.getEnv()) {
            environment.add(variable, services);
        }
        services.forEach(environment.variables::putIfAbsent);
        return environment.variables;
    }

    /** Something that a container's environment is made of is not there. */
    public static final class UnavailableException extends Exception {

        UnavailableException(String message) {
            super(message);
        }

        /** As the kubelet shows it. */
        public String text() {
            return Objects.requireNonNull(getMessage());
        }
    }

    /** What is in this environment so far, and the services, may be referred to. */
    public static String expand(String text, Map<String, String> environment) {
        return Expansion.expand(text, environment);
    }

    private Map<String, String> services() {
        boolean all = !Boolean.FALSE.equals(fields.pod().getSpec().getEnableServiceLinks());
        String namespace = fields.pod().getMetadata().getNamespace();
        Service master = objects.services().get(MASTER_NAMESPACE, MASTER_SERVICE);
        Collection<Service> own = all ? objects.services().list(namespace) : List.of();
        return ServiceLinks.of(
                Stream.concat(Stream.ofNullable(master), own.stream()).distinct().toList());
    }

    private void addAll(EnvFromSource source) throws UnavailableException {
        String prefix = Objects.requireNonNullElse(source.getPrefix(), "");
        if (source.getConfigMapRef() != null) {
            ConfigMap found =
                    configMap(
                            source.getConfigMapRef().getName(),
                            source.getConfigMapRef().getOptional());
            if (found != null) {
                new TreeMap<>(found.getData())
                        .forEach((key, value) -> variables.put(prefix + key, value));
            }
        }
        if (source.getSecretRef() != null) {
            Secret found =
                    secret(source.getSecretRef().getName(), source.getSecretRef().getOptional());
            if (found != null) {
                new TreeMap<>(found.getData())
                        .forEach((key, value) -> variables.put(prefix + key, decoded(value)));
            }
        }
    }

    private void add(EnvVar variable, Map<String, String> services) throws UnavailableException {
        EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            Map<String, String> known = new HashMap<>(services);
            known.putAll(variables);
            String text = Objects.requireNonNullElse(variable.getValue(), "");
            variables.put(variable.getName(), Expansion.expand(text, known));
            return;
        }
        String value = value(source);
        if (value != null) {
            variables.put(variable.getName(), value);
        }
    }

    /** Null where an optional source is not there: then neither is the variable. */
    private @Nullable String value(EnvVarSource source) throws UnavailableException {
        if (source.getFieldRef() != null) {
            return fields.value(source.getFieldRef().getFieldPath()).orElse("");
        }
        ResourceFieldSelector resource = source.getResourceFieldRef();
        if (resource != null) {
            return resources.value(of(resource), resource.getResource(), resource.getDivisor());
        }
        if (source.getConfigMapKeyRef() != null) {
            return value(source.getConfigMapKeyRef());
        }
        return source.getSecretKeyRef() == null ? "" : value(source.getSecretKeyRef());
    }

    private Container of(ResourceFieldSelector resource) {
        String name = resource.getContainerName();
        return fields.pod().getSpec().getContainers().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElse(container);
    }

    private @Nullable String value(ConfigMapKeySelector wanted) throws UnavailableException {
        ConfigMap found = configMap(wanted.getName(), wanted.getOptional());
        String value = found == null ? null : found.getData().get(wanted.getKey());
        if (value == null && !Boolean.TRUE.equals(wanted.getOptional())) {
            throw noKey(wanted.getKey(), "ConfigMap", wanted.getName());
        }
        return value;
    }

    private @Nullable String value(SecretKeySelector wanted) throws UnavailableException {
        Secret found = secret(wanted.getName(), wanted.getOptional());
        String value = found == null ? null : found.getData().get(wanted.getKey());
        if (value == null && !Boolean.TRUE.equals(wanted.getOptional())) {
            throw noKey(wanted.getKey(), "Secret", wanted.getName());
        }
        return value == null ? null : decoded(value);
    }

    private @Nullable ConfigMap configMap(String name, @Nullable Boolean optional)
            throws UnavailableException {
        ConfigMap found = objects.configMaps().get(namespace(), name);
        if (found == null && !Boolean.TRUE.equals(optional)) {
            throw new UnavailableException("configmap " + Quoted.quote(name) + " not found");
        }
        return found;
    }

    private @Nullable Secret secret(String name, @Nullable Boolean optional)
            throws UnavailableException {
        Secret found = objects.secrets().get(namespace(), name);
        if (found == null && !Boolean.TRUE.equals(optional)) {
            throw new UnavailableException("secret " + Quoted.quote(name) + " not found");
        }
        return found;
    }

    private UnavailableException noKey(String key, String kind, String name) {
        return new UnavailableException(
                "couldn't find key " + key + " in " + kind + " " + namespace() + "/" + name);
    }

    private String namespace() {
        return fields.pod().getMetadata().getNamespace();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
