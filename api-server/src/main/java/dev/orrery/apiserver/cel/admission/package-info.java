/** What the expressions of admission see: the object, the request, parameters, variables. */
@NullMarked
package dev.orrery.apiserver.cel.admission;

import org.jspecify.annotations.NullMarked;
