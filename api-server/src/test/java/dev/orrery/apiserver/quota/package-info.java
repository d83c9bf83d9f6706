@NullMarked
package dev.orrery.apiserver.quota;

import org.jspecify.annotations.NullMarked;
