@NullMarked
package dev.orrery.controllermanager.podgc;

import org.jspecify.annotations.NullMarked;
