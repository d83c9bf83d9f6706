/** The rules of requests for certificates. */
@NullMarked
package dev.orrery.apiserver.rules.certificate;

import org.jspecify.annotations.NullMarked;
