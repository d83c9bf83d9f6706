/** DaemonSets: one pod on each node that may run it. */
@NullMarked
package dev.orrery.controllermanager.daemonset;

import org.jspecify.annotations.NullMarked;
