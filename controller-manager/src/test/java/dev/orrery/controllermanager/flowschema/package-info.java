@NullMarked
package dev.orrery.controllermanager.flowschema;

import org.jspecify.annotations.NullMarked;
