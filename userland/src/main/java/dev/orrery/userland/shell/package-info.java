/** The POSIX shell: parser, expansion, and an interpreter that can stop at any step. */
@NullMarked
package dev.orrery.userland.shell;

import org.jspecify.annotations.NullMarked;
