package dev.orrery.userland.file;

/** A node of a volume seen at a path; only a directory or a file can be mounted. */
public record Mount(String path, Node node, boolean readOnly) {}
