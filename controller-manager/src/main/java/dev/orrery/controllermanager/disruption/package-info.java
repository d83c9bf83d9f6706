/** PodDisruptionBudgets: how many pods may go on purpose, and when. */
@NullMarked
package dev.orrery.controllermanager.disruption;

import org.jspecify.annotations.NullMarked;
