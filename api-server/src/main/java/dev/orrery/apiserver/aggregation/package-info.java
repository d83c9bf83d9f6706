/** Groups and versions that other API servers answer for, as APIServices say. */
@NullMarked
package dev.orrery.apiserver.aggregation;

import org.jspecify.annotations.NullMarked;
