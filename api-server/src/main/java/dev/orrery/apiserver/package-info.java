/** The API server: one pipeline from request to log record and back, behind two thin edges. */
@NullMarked
package dev.orrery.apiserver;

import org.jspecify.annotations.NullMarked;
