/** The rules of the cluster's own objects: nodes, namespaces, leases, events. */
@NullMarked
package dev.orrery.apiserver.rules.cluster;

import org.jspecify.annotations.NullMarked;
