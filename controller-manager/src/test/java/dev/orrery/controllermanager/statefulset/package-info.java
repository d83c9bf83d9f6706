@NullMarked
package dev.orrery.controllermanager.statefulset;

import org.jspecify.annotations.NullMarked;
