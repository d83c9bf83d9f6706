/** Tests of the rules by which access is decided. */
@NullMarked
package dev.orrery.apiserver.rbac;

import org.jspecify.annotations.NullMarked;
