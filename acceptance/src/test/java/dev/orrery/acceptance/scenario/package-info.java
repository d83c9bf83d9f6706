/** Scenarios as text: commands as a user types them, and what they must print. */
@NullMarked
package dev.orrery.acceptance.scenario;

import org.jspecify.annotations.NullMarked;
