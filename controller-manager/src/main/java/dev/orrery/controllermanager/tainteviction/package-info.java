/** Pods that must leave a node because of its NoExecute taints. */
@NullMarked
package dev.orrery.controllermanager.tainteviction;

import org.jspecify.annotations.NullMarked;
