@NullMarked
package dev.orrery.apiserver.structural;

import org.jspecify.annotations.NullMarked;
