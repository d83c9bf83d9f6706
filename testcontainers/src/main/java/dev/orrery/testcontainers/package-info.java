/** A cluster in a container, for tests that have a Docker engine. */
@NullMarked
package dev.orrery.testcontainers;

import org.jspecify.annotations.NullMarked;
