/** Calls to the api-server over gRPC with mutual TLS. */
@NullMarked
package dev.orrery.machinery.store.grpc;

import org.jspecify.annotations.NullMarked;
