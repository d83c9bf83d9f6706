/** Whether somebody may do something: the question, the answer, and who is asked. */
@NullMarked
package dev.orrery.apiserver.authorization;

import org.jspecify.annotations.NullMarked;
