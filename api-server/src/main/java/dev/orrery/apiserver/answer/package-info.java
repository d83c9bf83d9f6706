/** Answers as clients want to see them: objects, lists, tables, refusals. */
@NullMarked
package dev.orrery.apiserver.answer;

import org.jspecify.annotations.NullMarked;
