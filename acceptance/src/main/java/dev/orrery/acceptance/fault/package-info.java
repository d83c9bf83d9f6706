/** What a course on distributed systems does to a cluster, and what comes of it. */
@NullMarked
package dev.orrery.acceptance.fault;

import org.jspecify.annotations.NullMarked;
