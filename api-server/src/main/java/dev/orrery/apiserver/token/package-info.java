/** Service-account tokens: signed claims that name an account. */
@NullMarked
package dev.orrery.apiserver.token;

import org.jspecify.annotations.NullMarked;
