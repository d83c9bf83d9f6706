/** ControllerRevisions: the history of pod templates that rollouts go back to. */
@NullMarked
package dev.orrery.controllermanager.revision;

import org.jspecify.annotations.NullMarked;
