@NullMarked
package dev.orrery.controllermanager.daemonset;

import org.jspecify.annotations.NullMarked;
