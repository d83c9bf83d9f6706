package dev.orrery.machinery.store;

import java.util.Map;

/**
 * One request to the Kubernetes API as a component makes it.
 *
 * @param group empty for the core group
 * @param resource plural
 * @param subresource empty for the object itself
 * @param namespace empty for cluster scope
 * @param name empty for a list, a deletecollection, or a create with generateName
 * @param body JSON; empty where there is none
 * @param contentType of the body; tells the kinds of patch apart
 * @param options query parameters as in HTTPS
 * @param actingAs {@code system:node:NAME} where a kubelet-sim writes for one of its nodes, the
 *     account of a controller where the controller-manager writes for that; else empty
 * @param origin why the call is made
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares calls
public record Call(
        Verb verb,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name,
        byte[] body,
        String contentType,
        Map<String, String> options,
        String actingAs,
        Origin origin) {

    public Call {
        options = Map.copyOf(options);
    }
}
