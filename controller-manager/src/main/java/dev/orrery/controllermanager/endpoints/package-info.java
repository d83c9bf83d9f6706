/** Endpoints: the addresses behind each Service in one object. */
@NullMarked
package dev.orrery.controllermanager.endpoints;

import org.jspecify.annotations.NullMarked;
