/** Nodes that fall silent, and the taints that follow from a node's conditions. */
@NullMarked
package dev.orrery.controllermanager.nodelifecycle;

import org.jspecify.annotations.NullMarked;
