/** Which object owns which: controller references, adoption and release. */
@NullMarked
package dev.orrery.controllermanager.owner;

import org.jspecify.annotations.NullMarked;
