@NullMarked
package dev.orrery.controllermanager.quantity;

import org.jspecify.annotations.NullMarked;
