/**
 * Objects of custom kinds in other versions than they are stored in, made by their definitions'
 * webhooks. Where there is no webhook nothing here is in the way.
 */
@NullMarked
package dev.orrery.apiserver.conversion;

import org.jspecify.annotations.NullMarked;
