/** ReplicationControllers: ReplicaSets under their older name. */
@NullMarked
package dev.orrery.controllermanager.replicationcontroller;

import org.jspecify.annotations.NullMarked;
