@NullMarked
package dev.orrery.apiserver;

import org.jspecify.annotations.NullMarked;
