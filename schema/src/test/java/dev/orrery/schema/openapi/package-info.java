@NullMarked
package dev.orrery.schema.openapi;

import org.jspecify.annotations.NullMarked;
