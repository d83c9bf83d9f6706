package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.environment.ResourceFields;
import dev.orrery.kubelet.volume.ClusterObjects;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the files of volumes come from that the kubelet provides. */
final class Sources {

    private static final FileSource[] NONE = {};
    private static final long USUAL_SECONDS = 3600;
    private static final int OWNERS_ALONE = 0600;

    private final ClusterObjects objects;
    private final ResourceFields resources;
    private final SharedBytes shared;
    private final Tokens tokens;
    private final InstantSource clock;

    Sources(
            ClusterObjects objects,
            ResourceFields resources,
            SharedBytes shared,
            Tokens tokens,
            InstantSource clock) {
        this.objects = objects;
        this.resources = resources;
        this.shared = shared;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** None where the volume is of another kind. */
    FileSource[] of(Pod pod, Volume volume, Supplier<PodFields> fields) {
        String namespace = pod.getMetadata().getNamespace();
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            return one(
                    configMap(
                            namespace,
                            source.getName(),
                            source.getItems(),
                            source.getDefaultMode(),
                            source.getOptional()));
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            return one(
                    secret(
                            namespace,
                            source.getSecretName(),
                            source.getItems(),
                            source.getDefaultMode(),
                            source.getOptional()));
        }
        if (volume.getDownwardAPI() != null) {
            var source = volume.getDownwardAPI();
            return one(
                    new DownwardFiles(
                            fields, resources, source.getItems(), source.getDefaultMode()));
        }
        if (volume.getProjected() == null) {
            return NONE;
        }
        Integer mode = volume.getProjected().getDefaultMode();
        return volume.getProjected().getSources().stream()
                .map(source -> projected(pod, source, mode, fields))
                .filter(Objects::nonNull)
                .toArray(FileSource[]::new);
    }

    private static FileSource[] one(FileSource source) {
        return new FileSource[] {source};
    }

    private @Nullable FileSource projected(
            Pod pod, VolumeProjection source, @Nullable Integer mode, Supplier<PodFields> fields) {
        String namespace = pod.getMetadata().getNamespace();
        if (source.getConfigMap() != null) {
            var part = source.getConfigMap();
            return configMap(namespace, part.getName(), part.getItems(), mode, part.getOptional());
        }
        if (source.getSecret() != null) {
            var part = source.getSecret();
            return secret(namespace, part.getName(), part.getItems(), mode, part.getOptional());
        }
        if (source.getDownwardAPI() != null) {
            return new DownwardFiles(fields, resources, source.getDownwardAPI().getItems(), mode);
        }
        ServiceAccountTokenProjection token = source.getServiceAccountToken();
        return token == null ? null : token(pod, token, mode);
    }

    private FileSource configMap(
            String namespace,
            String name,
            @Nullable List<KeyToPath> items,
            @Nullable Integer mode,
            @Nullable Boolean optional) {
        Supplier<@Nullable ConfigMap> informer = () -> objects.configMaps().get(namespace, name);
        return ObjectFiles.ofConfigMap(informer, shared, Keys.of(items, mode), optional);
    }

    private FileSource secret(
            String namespace,
            String name,
            @Nullable List<KeyToPath> items,
            @Nullable Integer mode,
            @Nullable Boolean optional) {
        Supplier<@Nullable Secret> informer = () -> objects.secrets().get(namespace, name);
        return ObjectFiles.ofSecret(informer, shared, Keys.of(items, mode), optional);
    }

    /** Only for who it is for, where it is told who that is. */
    private FileSource token(
            Pod pod, ServiceAccountTokenProjection source, @Nullable Integer defaultMode) {
        Long user = Ownership.user(pod);
        boolean narrowed = user != null || Ownership.group(pod) != null;
        int mode =
                narrowed ? OWNERS_ALONE : Objects.requireNonNullElse(defaultMode, Keys.USUAL_MODE);
        Tokens.Request request =
                new Tokens.Request(
                        pod,
                        Objects.requireNonNullElse(source.getAudience(), ""),
                        Objects.requireNonNullElse(source.getExpirationSeconds(), USUAL_SECONDS));
        return new TokenFile(
                tokens, clock, request, source.getPath(), mode, user == null ? 0 : user);
    }
}
