/** What OpenAPI says of the kinds that users describe. */
@NullMarked
package dev.orrery.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
