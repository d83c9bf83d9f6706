/** The Job controller: runs pods to success, and counts each of them once. */
@NullMarked
package dev.orrery.controllermanager.job;

import org.jspecify.annotations.NullMarked;
