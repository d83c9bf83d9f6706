/** StatefulSets: pods with a name, a place in a row and storage of their own. */
@NullMarked
package dev.orrery.controllermanager.statefulset;

import org.jspecify.annotations.NullMarked;
