@NullMarked
package dev.orrery.controllermanager.rootca;

import org.jspecify.annotations.NullMarked;
