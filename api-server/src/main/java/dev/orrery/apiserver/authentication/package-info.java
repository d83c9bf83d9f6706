/** Finding out who asks: certificates and service-account tokens. */
@NullMarked
package dev.orrery.apiserver.authentication;

import org.jspecify.annotations.NullMarked;
