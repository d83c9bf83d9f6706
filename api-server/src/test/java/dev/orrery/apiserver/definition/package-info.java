@NullMarked
package dev.orrery.apiserver.definition;

import org.jspecify.annotations.NullMarked;
