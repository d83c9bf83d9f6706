/** The rules of what makes pods. */
@NullMarked
package dev.orrery.apiserver.rules.workload;

import org.jspecify.annotations.NullMarked;
