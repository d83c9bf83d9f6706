package dev.orrery.apiserver.ownership;

/** A field that a client applies otherwise than its owner wants it. */
public record Conflict(Owner owner, String path) {}
