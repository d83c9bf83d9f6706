/** The cluster's own certificate authority and the certificates that it issues. */
@NullMarked
package dev.orrery.launcher.pki;

import org.jspecify.annotations.NullMarked;
