@NullMarked
package dev.orrery.apiserver.rules.pod;

import org.jspecify.annotations.NullMarked;
