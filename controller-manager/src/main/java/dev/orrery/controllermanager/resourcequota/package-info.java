/** What is used of every quota. */
@NullMarked
package dev.orrery.controllermanager.resourcequota;

import org.jspecify.annotations.NullMarked;
