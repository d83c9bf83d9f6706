package dev.orrery.apiserver.hook;

/**
 * What a webhook answered.
 *
 * @param code HTTP status
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record HookAnswer(int code, byte[] body) {}
