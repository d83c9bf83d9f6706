/** One writer per state: tasks that run one after another. */
@NullMarked
package dev.orrery.kubelet.mailbox;

import org.jspecify.annotations.NullMarked;
