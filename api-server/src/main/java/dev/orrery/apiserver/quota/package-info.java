/** What namespaces use of their quotas, kept up with the log. */
@NullMarked
package dev.orrery.apiserver.quota;

import org.jspecify.annotations.NullMarked;
