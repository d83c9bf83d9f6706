package dev.orrery.apiserver.http;

import dev.orrery.apiserver.user.User;
import java.util.Map;

/**
 * One HTTP request as the API needs it.
 *
 * @param path decoded, without the query
 * @param query the first value of each parameter
 * @param accept empty for anything
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares requests
public record HttpRequest(
        String method,
        String path,
        Map<String, String> query,
        String accept,
        String contentType,
        String userAgent,
        String traceparent,
        String ifNoneMatch,
        byte[] body,
        User user) {}
