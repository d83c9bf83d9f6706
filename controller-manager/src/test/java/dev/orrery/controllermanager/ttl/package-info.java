@NullMarked
package dev.orrery.controllermanager.ttl;

import org.jspecify.annotations.NullMarked;
