@NullMarked
package dev.orrery.schema;

import org.jspecify.annotations.NullMarked;
