package dev.orrery.machinery.store;

/**
 * The api-server's answer.
 *
 * @param code HTTP status
 * @param body JSON: the object, the list, or a Status
 * @param resourceVersion of the object or list in the body; 0 for a Status
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares answers
public record Answer(int code, byte[] body, long resourceVersion) {

    public boolean isSuccess() {
        return code >= 200 && code < 300;
    }
}
