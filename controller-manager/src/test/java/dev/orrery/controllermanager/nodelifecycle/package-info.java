@NullMarked
package dev.orrery.controllermanager.nodelifecycle;

import org.jspecify.annotations.NullMarked;
