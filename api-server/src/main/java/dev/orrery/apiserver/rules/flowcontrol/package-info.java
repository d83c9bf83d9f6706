/** The rules of how requests are to wait for each other. */
@NullMarked
package dev.orrery.apiserver.rules.flowcontrol;

import org.jspecify.annotations.NullMarked;
