@NullMarked
package dev.orrery.controllermanager.serviceaccounttoken;

import org.jspecify.annotations.NullMarked;
