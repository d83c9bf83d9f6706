package dev.orrery.machinery.store;

/**
 * The api-server's answer.
 *
 * @param code HTTP status
 * @param body JSON: the object, the list, or a Status
 * @param resourceVersion of a read: of the object or list; of a write: of the newest record that it
 *     made, whatever the body (a deletion answers with a Status, and has made a record all the
 *     same); 0 if nothing was written
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares answers
public record Answer(int code, byte[] body, long resourceVersion) {

    public boolean isSuccess() {
        return code >= 200 && code < 300;
    }
}
