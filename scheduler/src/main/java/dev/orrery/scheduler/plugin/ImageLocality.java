package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Score;
import io.fabric8.kubernetes.api.model.Container;
import java.util.List;

/**
 * Prefers nodes that have the pod's images already, the larger the better, and the more nodes have
 * an image the more it counts, so that the first node with a large image does not draw all pods.
 * Under 23 MiB the images count nothing; from 1,000 MiB a container on, fully.
 */
public final class ImageLocality implements Score {

    private static final int WEIGHT = 1;
    private static final long MIB = 1024 * 1024;
    private static final long LEAST = 23 * MIB;
    private static final long MOST_PER_CONTAINER = 1000 * MIB;

    private final Cluster cluster;

    public ImageLocality(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        if (node.imageSizes().isEmpty()) {
            return 0;
        }
        List<Container> containers = pod.pod().getSpec().getContainers();
        List<Container> inits = pod.pod().getSpec().getInitContainers();
        long sum = sum(containers, node) + sum(inits, node);
        long most = MOST_PER_CONTAINER * (containers.size() + inits.size());
        long held = Math.clamp(sum, LEAST, most);
        return MOST * (held - LEAST) / (most - LEAST);
    }

    private long sum(List<Container> containers, NodeInfo node) {
        long sum = 0;
        for (Container container : containers) {
            String image = normalized(container.getImage());
            Long size = node.imageSizes().get(image);
            if (size != null) {
                double spread = (double) cluster.nodesWithImage(image) / cluster.nodes().size();
                sum += (long) (size * spread);
            }
        }
        return sum;
    }

    /** With the tag that is meant where none is named. */
    private static String normalized(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }
}
