/** Amounts: numbers, shares of numbers and resource quantities. */
@NullMarked
package dev.orrery.controllermanager.quantity;

import org.jspecify.annotations.NullMarked;
