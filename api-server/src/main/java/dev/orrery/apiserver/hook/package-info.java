/** Calls to programs of the users' own, over HTTPS: admission and conversion webhooks. */
@NullMarked
package dev.orrery.apiserver.hook;

import org.jspecify.annotations.NullMarked;
