/** The roles and bindings that every cluster begins with. */
@NullMarked
package dev.orrery.apiserver.policy;

import org.jspecify.annotations.NullMarked;
