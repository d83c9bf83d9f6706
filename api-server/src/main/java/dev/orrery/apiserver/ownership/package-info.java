/** Who owns which fields of an object: {@code metadata.managedFields} and server-side apply. */
@NullMarked
package dev.orrery.apiserver.ownership;

import org.jspecify.annotations.NullMarked;
