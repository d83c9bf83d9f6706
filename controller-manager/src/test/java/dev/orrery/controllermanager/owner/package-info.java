@NullMarked
package dev.orrery.controllermanager.owner;

import org.jspecify.annotations.NullMarked;
