package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.life.Backoff;
import dev.orrery.kubelet.wording.GoDuration;
import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Gets a container's image onto the node, or says why not. In the node's mailbox. */
final class ImagePull {

    /** After a failure the kubelet comes round again soon, to say that it now backs off. */
    private static final Duration NEXT_LOOK = Duration.ofSeconds(2);

    private final PodHost host;
    private final PodEvents events;

    ImagePull(PodHost host, PodEvents events) {
        this.host = host;
        this.events = events;
    }

    /** How it went. */
    sealed interface Outcome {

        record Present(ImageReference image) implements Outcome {}

        /** To be shown as what the container waits for, and tried again from {@code retry}. */
        record Failed(String reason, String message, Instant retry, Backoff backoff)
                implements Outcome {}
    }

    /** Tells the outcome at once or, where the image has to come from a registry, later. */
    void get(Pod pod, Container container, Backoff backoff, Consumer<Outcome> done) {
        String name = container.getImage();
        Optional<ImageReference> parsed = ImageReference.parse(name);
        if (parsed.isEmpty()) {
            done.accept(invalid(pod, container, backoff));
            return;
        }
        ImageReference image = parsed.get();
        String policy = policy(container, image);
        boolean present = host.images().has(image);
        if (policy.equals("Never") && !present) {
            done.accept(neverPulled(pod, container, backoff));
        } else if (present && !policy.equals("Always")) {
            events.normal(
                    pod,
                    container,
                    "Pulled",
                    "Container image "
                            + Quoted.quote(name)
                            + " already present on machine and can be accessed by the pod");
            done.accept(new Outcome.Present(image));
        } else if (backsOff(backoff)) {
            done.accept(backOff(pod, container, image, backoff));
        } else {
            pull(pod, container, image, present, backoff, done);
        }
    }

    private boolean backsOff(Backoff backoff) {
        return backoff.since().plus(backoff.delay()).isAfter(host.now());
    }

    private void pull(
            Pod pod,
            Container container,
            ImageReference image,
            boolean present,
            Backoff backoff,
            Consumer<Outcome> done) {
        sayWhichSecretsAreMissing(pod);
        String name = Quoted.quote(container.getImage());
        events.normal(pod, container, "Pulling", "Pulling image " + name);
        boolean exists = host.catalog().exists(image, container.getImage());
        Duration time =
                present || !exists
                        ? host.delays().start(host.random())
                        : host.delays().pull(host.random());
        host.after(
                time,
                () ->
                        done.accept(
                                exists
                                        ? pulled(pod, container, image, time)
                                        : failed(pod, container, image, backoff)));
    }

    private void sayWhichSecretsAreMissing(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        String missing =
                pod.getSpec().getImagePullSecrets().stream()
                        .map(LocalObjectReference::getName)
                        .filter(name -> host.objects().secrets().get(namespace, name) == null)
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            events.warning(
                    pod,
                    "FailedToRetrieveImagePullSecret",
                    "Unable to retrieve some image pull secrets ("
                            + missing
                            + "); attempting to pull the image may not succeed.");
        }
    }

    private Outcome pulled(Pod pod, Container container, ImageReference image, Duration time) {
        host.images().add(image);
        String took = GoDuration.text(time);
        events.normal(
                pod,
                container,
                "Pulled",
                "Successfully pulled image "
                        + Quoted.quote(container.getImage())
                        + " in "
                        + took
                        + " ("
                        + took
                        + " including waiting). Image size: "
                        + host.catalog().profile(image).sizeBytes()
                        + " bytes.");
        return new Outcome.Present(image);
    }

    private Outcome failed(Pod pod, Container container, ImageReference image, Backoff backoff) {
        String error = notFound(image);
        events.warning(
                pod,
                container,
                "Failed",
                "Failed to pull image " + Quoted.quote(container.getImage()) + ": " + error);
        events.warning(pod, container, "Failed", "Error: ErrImagePull");
        Instant now = host.now();
        return new Outcome.Failed(
                "ErrImagePull", error, now.plus(NEXT_LOOK), backoff.tried(now, now));
    }

    private Outcome backOff(Pod pod, Container container, ImageReference image, Backoff backoff) {
        String message = "Back-off pulling image " + Quoted.quote(container.getImage());
        events.normal(pod, container, "BackOff", message);
        events.warning(pod, container, "Failed", "Error: ImagePullBackOff");
        return new Outcome.Failed(
                "ImagePullBackOff",
                message + ": ErrImagePull: " + notFound(image),
                backoff.since().plus(backoff.delay()),
                backoff);
    }

    private Outcome invalid(Pod pod, Container container, Backoff backoff) {
        String name = Quoted.quote(container.getImage());
        String message =
                "Failed to apply default image tag "
                        + name
                        + ": couldn't parse image name "
                        + name
                        + ": invalid reference format";
        events.warning(pod, container, "InspectFailed", message);
        return refused(pod, container, "InvalidImageName", message, backoff);
    }

    private Outcome neverPulled(Pod pod, Container container, Backoff backoff) {
        String message =
                "Container image "
                        + Quoted.quote(container.getImage())
                        + " is not present with pull policy of Never";
        events.warning(pod, container, "ErrImageNeverPull", message);
        return refused(pod, container, "ErrImageNeverPull", message, backoff);
    }

    private Outcome refused(
            Pod pod, Container container, String reason, String message, Backoff backoff) {
        events.warning(pod, container, "Failed", "Error: " + reason);
        return new Outcome.Failed(reason, message, host.now().plus(Backoff.FIRST), backoff);
    }

    private static String notFound(ImageReference image) {
        return "rpc error: code = NotFound desc = failed to pull and unpack image "
                + Quoted.quote(image.toString())
                + ": failed to resolve image: "
                + image
                + ": not found";
    }

    private static String policy(Container container, ImageReference image) {
        String usual = image.tag().equals("latest") ? "Always" : "IfNotPresent";
        return Objects.requireNonNullElse(container.getImagePullPolicy(), usual);
    }
}
