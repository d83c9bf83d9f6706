@NullMarked
package dev.orrery.schema.patch;

import org.jspecify.annotations.NullMarked;
