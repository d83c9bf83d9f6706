/**
 * The benchmark: what a cluster that {@code ./orrery up} starts does per second, and what it
 * weighs.
 */
@NullMarked
package dev.orrery.acceptance.bench;

import org.jspecify.annotations.NullMarked;
