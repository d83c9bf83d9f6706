@NullMarked
package dev.orrery.apiserver.rules.workload;

import org.jspecify.annotations.NullMarked;
