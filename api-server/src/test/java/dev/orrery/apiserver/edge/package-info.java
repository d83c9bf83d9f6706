@NullMarked
package dev.orrery.apiserver.edge;

import org.jspecify.annotations.NullMarked;
