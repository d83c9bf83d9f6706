/** ReplicaSets: a number of equal pods. */
@NullMarked
package dev.orrery.controllermanager.replicaset;

import org.jspecify.annotations.NullMarked;
