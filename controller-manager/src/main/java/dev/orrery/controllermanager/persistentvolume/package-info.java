/** Brings claims and volumes together, and sees to what becomes of volumes afterwards. */
@NullMarked
package dev.orrery.controllermanager.persistentvolume;

import org.jspecify.annotations.NullMarked;
