/** The rules of services, and of what routes to them. */
@NullMarked
package dev.orrery.apiserver.rules.network;

import org.jspecify.annotations.NullMarked;
