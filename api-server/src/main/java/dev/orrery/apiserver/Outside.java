package dev.orrery.apiserver;

import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.node.ClusterHttp;
import dev.orrery.apiserver.node.NodeUsages;

/**
 * What the server calls beyond its logs.
 *
 * @param hooks the webhooks that users have programmed
 * @param cluster other API servers that this one stands in front of
 * @param usages where it is asked what pods use
 */
public record Outside(HookClient hooks, ClusterHttp cluster, NodeUsages usages) {

    public static final Outside NONE =
            new Outside(HookClient.NONE, ClusterHttp.NONE, NodeUsages.NONE);
}
