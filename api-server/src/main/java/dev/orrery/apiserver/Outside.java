package dev.orrery.apiserver;

import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.node.NodeUsages;

/**
 * What the server calls beyond its logs.
 *
 * @param hooks the webhooks that users have programmed
 * @param usages where it is asked what pods use
 */
public record Outside(HookClient hooks, NodeUsages usages) {

    public static final Outside NONE = new Outside(HookClient.NONE, NodeUsages.NONE);
}
