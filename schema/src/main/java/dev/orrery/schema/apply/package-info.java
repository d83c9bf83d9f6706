/** What server-side apply is made of: sets of fields, how objects differ, merge and are pruned. */
@NullMarked
package dev.orrery.schema.apply;

import org.jspecify.annotations.NullMarked;
