package dev.orrery.apiserver.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The whole answer to a request.
 *
 * @param code HTTP status
 * @param resourceVersion of the object or list in the body, or of the record that was written where
 *     the body shows no object; 0 where there is neither
 * @param warnings for the person behind the client
 * @param headers besides those that follow from the rest
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares answers
public record ApiResponse(
        int code,
        String contentType,
        byte[] body,
        long resourceVersion,
        List<String> warnings,
        Map<String, String> headers) {

    public ApiResponse {
        warnings = List.copyOf(warnings);
        headers = Map.copyOf(headers);
    }

    public static ApiResponse json(int code, byte[] body) {
        return new ApiResponse(code, "application/json", body, 0, List.of(), Map.of());
    }

    public ApiResponse withWarnings(List<String> some) {
        return some.isEmpty()
                ? this
                : new ApiResponse(code, contentType, body, resourceVersion, some, headers);
    }

    /** These warnings before those that it has. */
    public ApiResponse alsoWarning(List<String> some) {
        List<String> all = new ArrayList<>(some);
        all.addAll(warnings);
        return withWarnings(all);
    }

    public ApiResponse withHeaders(Map<String, String> some) {
        return new ApiResponse(code, contentType, body, resourceVersion, warnings, some);
    }

    /** The answer to a write whose body does not show what was written. */
    public ApiResponse ofWrite(long version) {
        return new ApiResponse(code, contentType, body, version, warnings, headers);
    }
}
