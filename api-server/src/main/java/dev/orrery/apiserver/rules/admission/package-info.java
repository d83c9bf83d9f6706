/** The rules of policies, their bindings, and webhook configurations. */
@NullMarked
package dev.orrery.apiserver.rules.admission;

import org.jspecify.annotations.NullMarked;
