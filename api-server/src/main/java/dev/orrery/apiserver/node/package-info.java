/** What a client asks of a pod's node: through the api-server, and no further. */
@NullMarked
package dev.orrery.apiserver.node;

import org.jspecify.annotations.NullMarked;
