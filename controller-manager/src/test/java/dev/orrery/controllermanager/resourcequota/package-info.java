@NullMarked
package dev.orrery.controllermanager.resourcequota;

import org.jspecify.annotations.NullMarked;
