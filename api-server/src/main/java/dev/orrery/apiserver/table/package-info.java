/** Objects as rows: the columns that {@code kubectl get} prints. */
@NullMarked
package dev.orrery.apiserver.table;

import org.jspecify.annotations.NullMarked;
