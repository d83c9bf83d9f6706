/** EndpointSlices: the addresses behind each Service, a hundred to an object. */
@NullMarked
package dev.orrery.controllermanager.endpointslice;

import org.jspecify.annotations.NullMarked;
