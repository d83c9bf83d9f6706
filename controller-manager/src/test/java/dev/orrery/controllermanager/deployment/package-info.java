@NullMarked
package dev.orrery.controllermanager.deployment;

import org.jspecify.annotations.NullMarked;
