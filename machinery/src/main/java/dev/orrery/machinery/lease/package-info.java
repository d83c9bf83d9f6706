/** Leader election by Lease: of many equal processes, one works. */
@NullMarked
package dev.orrery.machinery.lease;

import org.jspecify.annotations.NullMarked;
