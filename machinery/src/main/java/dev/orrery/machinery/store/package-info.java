/** The client side of the api-server: reads and writes of objects, and why they were made. */
@NullMarked
package dev.orrery.machinery.store;

import org.jspecify.annotations.NullMarked;
