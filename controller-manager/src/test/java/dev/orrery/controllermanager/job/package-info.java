@NullMarked
package dev.orrery.controllermanager.job;

import org.jspecify.annotations.NullMarked;
