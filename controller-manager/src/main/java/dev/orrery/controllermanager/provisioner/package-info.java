/** The cluster's own provisioner: makes volumes for claims of its classes, and unmakes them. */
@NullMarked
package dev.orrery.controllermanager.provisioner;

import org.jspecify.annotations.NullMarked;
