/** HTTP over the connections of machines: what servers and callers in containers speak. */
@NullMarked
package dev.orrery.userland.http;

import org.jspecify.annotations.NullMarked;
