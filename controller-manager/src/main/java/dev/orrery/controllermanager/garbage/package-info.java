/** The garbage collector: what nobody owns any more goes, in the order that deletions ask for. */
@NullMarked
package dev.orrery.controllermanager.garbage;

import org.jspecify.annotations.NullMarked;
