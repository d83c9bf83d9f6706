@NullMarked
package dev.orrery.controllermanager.replicaset;

import org.jspecify.annotations.NullMarked;
