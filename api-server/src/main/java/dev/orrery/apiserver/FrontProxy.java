package dev.orrery.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;

/** How this server tells other API servers who asks, and how they know that it is it. */
final class FrontProxy {

    /** The name in the certificate that it shows as a client. */
    private static final String OWN_NAME = "kube-apiserver";

    private FrontProxy() {}

    /**
     * What other API servers read when they start.
     *
     * @param authority PEM
     */
    static ObjectNode authentication(String authority) {
        ObjectNode map = Trees.object().put("kind", "ConfigMap").put("apiVersion", "v1");
        map.putObject("metadata")
                .put("name", "extension-apiserver-authentication")
                .put("namespace", "kube-system");
        map.putObject("data")
                .put("client-ca-file", authority)
                .put("requestheader-allowed-names", "[\"" + OWN_NAME + "\"]")
                .put("requestheader-client-ca-file", authority)
                .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
                .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
                .put("requestheader-uid-headers", "[\"X-Remote-Uid\"]")
                .put("requestheader-username-headers", "[\"X-Remote-User\"]");
        return map;
    }
}
