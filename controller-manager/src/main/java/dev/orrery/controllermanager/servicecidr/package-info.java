/** ServiceCIDRs: the ranges that Services' addresses come from. */
@NullMarked
package dev.orrery.controllermanager.servicecidr;

import org.jspecify.annotations.NullMarked;
