/** The rules of volumes, claims and their classes. */
@NullMarked
package dev.orrery.apiserver.rules.storage;

import org.jspecify.annotations.NullMarked;
