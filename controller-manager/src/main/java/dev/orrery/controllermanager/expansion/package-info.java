/** Lets volumes grow with their claims. */
@NullMarked
package dev.orrery.controllermanager.expansion;

import org.jspecify.annotations.NullMarked;
