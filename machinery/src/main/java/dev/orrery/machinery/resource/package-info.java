/** Amounts of resources: what a pod takes of them, and what a quota counts. */
@NullMarked
package dev.orrery.machinery.resource;

import org.jspecify.annotations.NullMarked;
