/** Counts and durations, under the names that Kubernetes' dashboards know. */
@NullMarked
package dev.orrery.machinery.metric;

import org.jspecify.annotations.NullMarked;
