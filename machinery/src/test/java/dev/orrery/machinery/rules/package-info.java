/** What every core of the house keeps to, as rules that a module's tests check. */
@NullMarked
package dev.orrery.machinery.rules;

import org.jspecify.annotations.NullMarked;
