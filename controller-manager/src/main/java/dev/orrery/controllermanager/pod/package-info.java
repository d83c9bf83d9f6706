/** What all workload controllers know of pods: facts, templates, creation and deletion. */
@NullMarked
package dev.orrery.controllermanager.pod;

import org.jspecify.annotations.NullMarked;
