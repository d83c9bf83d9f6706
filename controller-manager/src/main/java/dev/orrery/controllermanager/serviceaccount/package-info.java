/** The default service account of every namespace. */
@NullMarked
package dev.orrery.controllermanager.serviceaccount;

import org.jspecify.annotations.NullMarked;
