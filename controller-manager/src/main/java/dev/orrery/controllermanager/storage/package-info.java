/**
 * Facts about volumes, the claims to them and their classes, as all storage controllers see them.
 */
@NullMarked
package dev.orrery.controllermanager.storage;

import org.jspecify.annotations.NullMarked;
