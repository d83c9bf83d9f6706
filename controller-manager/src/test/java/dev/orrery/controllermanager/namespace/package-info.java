@NullMarked
package dev.orrery.controllermanager.namespace;

import org.jspecify.annotations.NullMarked;
