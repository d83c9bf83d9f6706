/** Roles and bindings, and what follows from them. */
@NullMarked
package dev.orrery.apiserver.rbac;

import org.jspecify.annotations.NullMarked;
