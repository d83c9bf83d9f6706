/** Cluster roles that are made of others. */
@NullMarked
package dev.orrery.controllermanager.clusterrole;

import org.jspecify.annotations.NullMarked;
