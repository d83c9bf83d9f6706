/** What nodes may do: their own business, and what the pods on them need. */
@NullMarked
package dev.orrery.apiserver.nodeaccess;

import org.jspecify.annotations.NullMarked;
