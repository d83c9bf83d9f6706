/** The rules of configuration: config maps and secrets. */
@NullMarked
package dev.orrery.apiserver.rules.config;

import org.jspecify.annotations.NullMarked;
