package dev.orrery.kubelet.life;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod.
 *
 * @param restarts how often it has been started again
 * @param last the run before the present stage, if there was one
 * @param containerId of the present or latest run, empty before the first
 * @param image that the present or latest run was made of, as the spec named it then
 * @param imageId content address of that image
 * @param restartBackoff of a container that ends
 * @param pullBackoff of an image that cannot be pulled
 */
public record ContainerState(
        Stage stage,
        int restarts,
        @Nullable Termination last,
        String containerId,
        String image,
        String imageId,
        Backoff restartBackoff,
        Backoff pullBackoff) {

    public static final ContainerState NEW =
            new ContainerState(Stage.NEW, 0, null, "", "", "", Backoff.NONE, Backoff.NONE);

    public ContainerState withStage(Stage changed) {
        return new ContainerState(
                changed, restarts, last, containerId, image, imageId, restartBackoff, pullBackoff);
    }

    public ContainerState withRestartBackoff(Backoff changed) {
        return new ContainerState(
                stage, restarts, last, containerId, image, imageId, changed, pullBackoff);
    }

    public ContainerState withPullBackoff(Backoff changed) {
        return new ContainerState(
                stage, restarts, last, containerId, image, imageId, restartBackoff, changed);
    }

    /** It is not running; the run that ended last moves to where the API keeps it. */
    public ContainerState waiting(String reason, String message, Instant notBefore) {
        return new ContainerState(
                new Stage.Waiting(reason, message, notBefore),
                restarts,
                latestTermination(),
                containerId,
                image,
                imageId,
                restartBackoff,
                pullBackoff);
    }

    /** A try to start it begins. */
    public ContainerState starting(Instant now) {
        Termination ended = latestTermination();
        ContainerState starting = withStage(new Stage.Starting(stage));
        return ended == null
                ? starting
                : starting.withRestartBackoff(restartBackoff.tried(ended.finishedAt(), now));
    }

    /** A run has begun. */
    public ContainerState runningAs(
            String newId, String ofImage, String ofImageId, Stage.Running running) {
        boolean again = !containerId.isEmpty();
        return new ContainerState(
                running,
                again ? restarts + 1 : restarts,
                latestTermination(),
                newId,
                ofImage,
                ofImageId,
                restartBackoff,
                Backoff.NONE);
    }

    public ContainerState endedWith(Termination termination) {
        return withStage(new Stage.Ended(termination));
    }

    /** Its pod is over: a run that ended is no longer one before the next. */
    public ContainerState settled() {
        Termination ended = latestTermination();
        if (isRunning() || ended == null) {
            return this;
        }
        return new ContainerState(
                new Stage.Ended(ended),
                restarts,
                stage instanceof Stage.Ended ? last : null,
                containerId,
                image,
                imageId,
                restartBackoff,
                pullBackoff);
    }

    public boolean isRunning() {
        return stage instanceof Stage.Running;
    }

    public boolean isStarting() {
        return stage instanceof Stage.Starting;
    }

    /** How its latest finished run ended, whatever it does now; null before the first end. */
    public @Nullable Termination latestTermination() {
        return switch (stage) {
            case Stage.Ended(Termination ended) -> ended;
            case Stage.Starting(Stage.Ended(Termination ended)) -> ended;
            case Stage.Starting _, Stage.Waiting _, Stage.Running _ -> last;
        };
    }

    /** Whether it has ever run. */
    public boolean hasRun() {
        return !containerId.isEmpty();
    }
}
