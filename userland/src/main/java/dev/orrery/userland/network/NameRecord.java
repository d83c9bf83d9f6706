package dev.orrery.userland.network;

/**
 * One record that a name server answers.
 *
 * @param name in full, without the final dot
 * @param data as {@code dig} prints it; names in it end with a dot
 */
public record NameRecord(String name, int ttlSeconds, RecordType type, String data) {}
