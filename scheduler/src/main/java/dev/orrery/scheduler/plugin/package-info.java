/** The rules of scheduling, one class each, named as Kubernetes names them. */
@NullMarked
package dev.orrery.scheduler.plugin;

import org.jspecify.annotations.NullMarked;
