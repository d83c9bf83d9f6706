/** One request to the API and its answer, whichever edge it came through. */
@NullMarked
package dev.orrery.apiserver.request;

import org.jspecify.annotations.NullMarked;
