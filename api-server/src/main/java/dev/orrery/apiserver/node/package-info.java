/**
 * What a client asks of a pod's node, and the ways from the api-server into the network of the
 * pods.
 *
 * <p>To reach something that runs in the cluster: {@link dev.orrery.apiserver.node.Tunnels} opens a
 * stream of bytes to an address and port (of a pod, or a Service's cluster IP, which is then
 * balanced over its ready endpoints); {@link dev.orrery.apiserver.node.ClusterHttp} sends one HTTP
 * or HTTPS request over such a stream, which is all that a webhook needs.
 */
@NullMarked
package dev.orrery.apiserver.node;

import org.jspecify.annotations.NullMarked;
