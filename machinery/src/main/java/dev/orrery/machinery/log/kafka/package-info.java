/** The cluster's log on Kafka. */
@NullMarked
package dev.orrery.machinery.log.kafka;

import org.jspecify.annotations.NullMarked;
