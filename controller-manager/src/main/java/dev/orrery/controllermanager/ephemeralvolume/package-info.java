/** Makes the claims of volumes that live as long as their pod. */
@NullMarked
package dev.orrery.controllermanager.ephemeralvolume;

import org.jspecify.annotations.NullMarked;
