/** Mutating and validating webhooks: programs of the users' own that are asked over HTTPS. */
@NullMarked
package dev.orrery.apiserver.admission.webhook;

import org.jspecify.annotations.NullMarked;
