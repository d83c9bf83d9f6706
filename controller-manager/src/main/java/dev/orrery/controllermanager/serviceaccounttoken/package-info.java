/** Tokens for service accounts that lie in Secrets, as people ask for them by hand. */
@NullMarked
package dev.orrery.controllermanager.serviceaccounttoken;

import org.jspecify.annotations.NullMarked;
