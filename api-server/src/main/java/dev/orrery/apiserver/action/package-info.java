/** What the API does that is no change of an object's own fields: bind, evict, scale, review. */
@NullMarked
package dev.orrery.apiserver.action;

import org.jspecify.annotations.NullMarked;
