/** From a request to a record of the log, and back: the stages that every request goes through. */
@NullMarked
package dev.orrery.apiserver.pipeline;

import org.jspecify.annotations.NullMarked;
