/** Deployments: rollouts from one ReplicaSet to the next. */
@NullMarked
package dev.orrery.controllermanager.deployment;

import org.jspecify.annotations.NullMarked;
