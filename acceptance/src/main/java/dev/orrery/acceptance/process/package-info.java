/**
 * Clusters of single processes, so that there can be several of each and any of them can be broken.
 */
@NullMarked
package dev.orrery.acceptance.process;

import org.jspecify.annotations.NullMarked;
