@NullMarked
package dev.orrery.controllermanager.label;

import org.jspecify.annotations.NullMarked;
