@NullMarked
package dev.orrery.controllermanager.endpoints;

import org.jspecify.annotations.NullMarked;
