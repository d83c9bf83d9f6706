@NullMarked
package dev.orrery.apiserver.cel;

import org.jspecify.annotations.NullMarked;
