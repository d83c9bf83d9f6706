/** The two doors: HTTPS for clients, gRPC for components. They check, call and answer. */
@NullMarked
package dev.orrery.apiserver.edge;

import org.jspecify.annotations.NullMarked;
