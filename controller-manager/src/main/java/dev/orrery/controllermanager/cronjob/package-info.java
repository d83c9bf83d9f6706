/** The CronJob controller: makes a Job whenever its schedule says so. */
@NullMarked
package dev.orrery.controllermanager.cronjob;

import org.jspecify.annotations.NullMarked;
