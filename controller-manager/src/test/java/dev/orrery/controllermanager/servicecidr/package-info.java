@NullMarked
package dev.orrery.controllermanager.servicecidr;

import org.jspecify.annotations.NullMarked;
