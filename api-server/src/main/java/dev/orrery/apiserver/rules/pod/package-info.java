/** The rules of pods, and of the pod templates in every workload. */
@NullMarked
package dev.orrery.apiserver.rules.pod;

import org.jspecify.annotations.NullMarked;
