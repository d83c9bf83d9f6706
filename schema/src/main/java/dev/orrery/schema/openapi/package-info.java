/** The OpenAPI v3 documents of Kubernetes' stable API groups. */
@NullMarked
package dev.orrery.schema.openapi;

import org.jspecify.annotations.NullMarked;
