@NullMarked
package dev.orrery.controllermanager.garbage;

import org.jspecify.annotations.NullMarked;
