/** Deletion of namespaces with all that is in them. */
@NullMarked
package dev.orrery.controllermanager.namespace;

import org.jspecify.annotations.NullMarked;
