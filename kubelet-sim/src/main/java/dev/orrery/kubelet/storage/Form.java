package dev.orrery.kubelet.storage;

/**
 * How a disk looks to who mounts it.
 *
 * @param source and {@code type}: as {@code mount} shows them
 * @param mode of the root directory of a new one
 */
public record Form(String source, String type, long capacityBytes, int mode) {}
