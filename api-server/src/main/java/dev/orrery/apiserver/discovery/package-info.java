/** What the API tells of itself: groups, versions, resources. */
@NullMarked
package dev.orrery.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
