/** Counts and durations, under the names that Kubernetes' dashboards know. */
@NullMarked
package dev.orrery.apiserver.metric;

import org.jspecify.annotations.NullMarked;
