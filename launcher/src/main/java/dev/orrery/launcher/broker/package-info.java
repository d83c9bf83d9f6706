/** The log's home in local mode: a real, small, single-node Kafka broker. */
@NullMarked
package dev.orrery.launcher.broker;

import org.jspecify.annotations.NullMarked;
