/** What the api-server may ask of the nodes, over gRPC with mutual TLS. */
@NullMarked
package dev.orrery.kubelet.agent;

import org.jspecify.annotations.NullMarked;
