package dev.orrery.kubelet.volume;

import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the ConfigMaps and Secrets that a container's environment is made of are there. */
public final class Environment {

    private final ClusterObjects objects;

    public Environment(ClusterObjects objects) {
        this.objects = objects;
    }

    /** Why the container cannot be created; empty where it can. */
    public Optional<String> obstacle(Pod pod, Container container) {
        String namespace = pod.getMetadata().getNamespace();
        return Stream.concat(
                        container.getEnvFrom().stream().map(source -> missing(namespace, source)),
                        container.getEnv().stream().map(variable -> missing(namespace, variable)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private @Nullable String missing(String namespace, EnvFromSource source) {
        if (source.getConfigMapRef() != null
                && !Boolean.TRUE.equals(source.getConfigMapRef().getOptional())) {
            return configMap(namespace, source.getConfigMapRef().getName());
        }
        if (source.getSecretRef() != null
                && !Boolean.TRUE.equals(source.getSecretRef().getOptional())) {
            return secret(namespace, source.getSecretRef().getName());
        }
        return null;
    }

    private @Nullable String missing(String namespace, EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return null;
        }
        ConfigMapKeySelector configMapKey = variable.getValueFrom().getConfigMapKeyRef();
        if (configMapKey != null && !Boolean.TRUE.equals(configMapKey.getOptional())) {
            return configMapKey(namespace, configMapKey);
        }
        SecretKeySelector secretKey = variable.getValueFrom().getSecretKeyRef();
        if (secretKey != null && !Boolean.TRUE.equals(secretKey.getOptional())) {
            return secretKey(namespace, secretKey);
        }
        return null;
    }

    private @Nullable String configMapKey(String namespace, ConfigMapKeySelector wanted) {
        ConfigMap found = objects.configMaps().get(namespace, wanted.getName());
        if (found == null) {
            return configMap(namespace, wanted.getName());
        }
        return found.getData().containsKey(wanted.getKey())
                ? null
                : missingKey(wanted.getKey(), "ConfigMap", namespace, wanted.getName());
    }

    private @Nullable String secretKey(String namespace, SecretKeySelector wanted) {
        Secret found = objects.secrets().get(namespace, wanted.getName());
        if (found == null) {
            return secret(namespace, wanted.getName());
        }
        return found.getData().containsKey(wanted.getKey())
                ? null
                : missingKey(wanted.getKey(), "Secret", namespace, wanted.getName());
    }

    private @Nullable String configMap(String namespace, String name) {
        return objects.configMaps().get(namespace, name) == null
                ? "configmap " + Quoted.quote(name) + " not found"
                : null;
    }

    private @Nullable String secret(String namespace, String name) {
        return objects.secrets().get(namespace, name) == null
                ? "secret " + Quoted.quote(name) + " not found"
                : null;
    }

    private static String missingKey(String key, String kind, String namespace, String name) {
        return "couldn't find key " + key + " in " + kind + " " + namespace + "/" + name;
    }
}
