@NullMarked
package dev.orrery.controllermanager.disruption;

import org.jspecify.annotations.NullMarked;
