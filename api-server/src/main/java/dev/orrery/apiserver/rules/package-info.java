/** What a kind demands of its objects: defaults, validation, and what an update may change. */
@NullMarked
package dev.orrery.apiserver.rules;

import org.jspecify.annotations.NullMarked;
