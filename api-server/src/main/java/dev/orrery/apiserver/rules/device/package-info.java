/** The rules of devices and of claims to them. */
@NullMarked
package dev.orrery.apiserver.rules.device;

import org.jspecify.annotations.NullMarked;
