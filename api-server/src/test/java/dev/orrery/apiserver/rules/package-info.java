@NullMarked
package dev.orrery.apiserver.rules;

import org.jspecify.annotations.NullMarked;
