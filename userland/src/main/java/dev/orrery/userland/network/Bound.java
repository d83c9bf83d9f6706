package dev.orrery.userland.network;

/**
 * A port that somebody has taken.
 *
 * @param release gives it back
 */
public record Bound(int port, Runnable release) {}
