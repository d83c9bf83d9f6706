@NullMarked
package dev.orrery.controllermanager.persistentvolume;

import org.jspecify.annotations.NullMarked;
