@NullMarked
package dev.orrery.controllermanager.tainteviction;

import org.jspecify.annotations.NullMarked;
