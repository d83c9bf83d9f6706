package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.environment.ResourceFields;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod is told of itself. */
final class DownwardFiles implements FileSource {

    private final Supplier<PodFields> pod;
    private final ResourceFields resources;
    private final List<DownwardAPIVolumeFile> items;
    private final int defaultMode;
    private volatile List<String> values = List.of();

    DownwardFiles(
            Supplier<PodFields> pod,
            ResourceFields resources,
            List<DownwardAPIVolumeFile> items,
            @Nullable Integer defaultMode) {
        this.pod = pod;
        this.resources = resources;
        this.items = items;
        this.defaultMode = Objects.requireNonNullElse(defaultMode, Keys.USUAL_MODE);
    }

    @Override
    public Object look() {
        PodFields now = pod.get();
        values = items.stream().map(item -> value(now, item)).toList();
        return values;
    }

    private String value(PodFields now, DownwardAPIVolumeFile item) {
        if (item.getFieldRef() != null) {
            return now.value(item.getFieldRef().getFieldPath()).orElse("");
        }
        ResourceFieldSelector resource = item.getResourceFieldRef();
        if (resource == null) {
            return "";
        }
        return containers(now)
                .filter(each -> each.getName().equals(resource.getContainerName()))
                .findFirst()
                .map(each -> resources.value(each, resource.getResource(), resource.getDivisor()))
                .orElse("");
    }

    private static Stream<Container> containers(PodFields now) {
        return Stream.concat(
                now.pod().getSpec().getContainers().stream(),
                now.pod().getSpec().getInitContainers().stream());
    }

    @Override
    public void collect(Payload payload) {
        List<String> current = values;
        for (int i = 0; i < items.size(); i++) {
            DownwardAPIVolumeFile item = items.get(i);
            payload.put(
                    item.getPath(),
                    current.get(i).getBytes(StandardCharsets.UTF_8),
                    Objects.requireNonNullElse(item.getMode(), defaultMode));
        }
    }
}
