/**
 * What may be written, beyond what an object demands of itself; and what the cluster adds to it.
 */
@NullMarked
package dev.orrery.apiserver.admission;

import org.jspecify.annotations.NullMarked;
