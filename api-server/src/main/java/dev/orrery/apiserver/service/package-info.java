/** The api-server as a process: Quarkus, Kafka, certificates. */
@NullMarked
package dev.orrery.apiserver.service;

import org.jspecify.annotations.NullMarked;
