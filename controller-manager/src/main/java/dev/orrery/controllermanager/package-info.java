/** The controller-manager: one process that runs every control loop of the cluster. */
@NullMarked
package dev.orrery.controllermanager;

import org.jspecify.annotations.NullMarked;
