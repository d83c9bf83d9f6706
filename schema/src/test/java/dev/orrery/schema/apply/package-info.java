@NullMarked
package dev.orrery.schema.apply;

import org.jspecify.annotations.NullMarked;
