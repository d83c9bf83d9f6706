@NullMarked
package dev.orrery.controllermanager.endpointslice;

import org.jspecify.annotations.NullMarked;
