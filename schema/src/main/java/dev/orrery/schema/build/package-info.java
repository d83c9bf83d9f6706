/**
 * Makes the module's resources while building it: reads the Kubernetes model libraries and the
 * hand-written tables, writes the table of types and the OpenAPI documents. Not shipped.
 */
@NullMarked
package dev.orrery.schema.build;

import org.jspecify.annotations.NullMarked;
