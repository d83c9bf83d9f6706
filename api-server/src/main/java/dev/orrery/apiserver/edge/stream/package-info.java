/**
 * Connections that clients have taken over: a command's streams over WebSocket channels or SPDY, a
 * pod's ports over SPDY, raw or within a WebSocket.
 */
@NullMarked
package dev.orrery.apiserver.edge.stream;

import org.jspecify.annotations.NullMarked;
