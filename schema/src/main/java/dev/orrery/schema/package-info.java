/** Kubernetes' API types as data: which fields they have, and how bodies are read by them. */
@NullMarked
package dev.orrery.schema;

import org.jspecify.annotations.NullMarked;
