/** What every component is made of. Nothing in here knows what a Pod means. */
@NullMarked
package dev.orrery.machinery;

import org.jspecify.annotations.NullMarked;
