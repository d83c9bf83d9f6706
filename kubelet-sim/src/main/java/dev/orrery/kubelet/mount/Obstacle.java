package dev.orrery.kubelet.mount;

/** Why volumes are not mounted yet, as an event tells it. */
public record Obstacle(String reason, String message) {

    static Obstacle toMount(String message) {
        return new Obstacle("FailedMount", message);
    }

    static Obstacle toAttach(String message) {
        return new Obstacle("FailedAttachVolume", message);
    }

    static Obstacle toSetUp(String volume, String why) {
        return toMount("MountVolume.SetUp failed for volume \"" + volume + "\" : " + why);
    }
}
