/** Deletes jobs some time after they have ended. */
@NullMarked
package dev.orrery.controllermanager.ttl;

import org.jspecify.annotations.NullMarked;
