/** Certificates for those whose requests were approved. */
@NullMarked
package dev.orrery.controllermanager.certificate;

import org.jspecify.annotations.NullMarked;
