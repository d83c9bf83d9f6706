/** Times as Kubernetes' objects carry them. */
@NullMarked
package dev.orrery.controllermanager.time;

import org.jspecify.annotations.NullMarked;
