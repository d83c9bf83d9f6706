/** The cluster's certificate authority, published in every namespace. */
@NullMarked
package dev.orrery.controllermanager.rootca;

import org.jspecify.annotations.NullMarked;
