@NullMarked
package dev.orrery.apiserver.rules.network;

import org.jspecify.annotations.NullMarked;
