@NullMarked
package dev.orrery.apiserver.table;

import org.jspecify.annotations.NullMarked;
