/** Objects as bytes and as trees: what comes in, and what is kept. */
@NullMarked
package dev.orrery.apiserver.body;

import org.jspecify.annotations.NullMarked;
