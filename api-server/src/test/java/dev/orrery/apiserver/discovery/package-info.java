@NullMarked
package dev.orrery.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
