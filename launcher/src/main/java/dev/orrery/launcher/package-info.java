/** Local mode: starts, watches and stops the broker and the services, each a process of its own. */
@NullMarked
package dev.orrery.launcher;

import org.jspecify.annotations.NullMarked;
