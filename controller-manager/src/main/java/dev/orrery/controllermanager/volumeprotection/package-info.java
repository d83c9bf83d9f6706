/** Lets claims and volumes go that are being deleted, once nobody uses them. */
@NullMarked
package dev.orrery.controllermanager.volumeprotection;

import org.jspecify.annotations.NullMarked;
