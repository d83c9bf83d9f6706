@NullMarked
package dev.orrery.userland.file;

import org.jspecify.annotations.NullMarked;
