/** The kinds that users describe, and how their objects are read, kept and shown. */
@NullMarked
package dev.orrery.apiserver.custom;

import org.jspecify.annotations.NullMarked;
