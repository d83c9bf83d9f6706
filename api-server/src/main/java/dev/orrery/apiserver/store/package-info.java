/** The cluster's state as this replica has read it from the log, and the way to change it. */
@NullMarked
package dev.orrery.apiserver.store;

import org.jspecify.annotations.NullMarked;
