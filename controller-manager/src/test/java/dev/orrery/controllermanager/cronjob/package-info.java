@NullMarked
package dev.orrery.controllermanager.cronjob;

import org.jspecify.annotations.NullMarked;
