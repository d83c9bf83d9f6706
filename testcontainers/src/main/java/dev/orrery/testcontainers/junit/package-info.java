/** A cluster of processes, for tests that have no Docker engine: JUnit starts and ends it. */
@NullMarked
package dev.orrery.testcontainers.junit;

import org.jspecify.annotations.NullMarked;
