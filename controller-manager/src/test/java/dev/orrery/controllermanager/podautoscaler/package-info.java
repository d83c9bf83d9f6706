@NullMarked
package dev.orrery.controllermanager.podautoscaler;

import org.jspecify.annotations.NullMarked;
