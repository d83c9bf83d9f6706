@NullMarked
package dev.orrery.apiserver.admission;

import org.jspecify.annotations.NullMarked;
