/** What all objects share: names, versions, owners, finalizers. */
@NullMarked
package dev.orrery.apiserver.metadata;

import org.jspecify.annotations.NullMarked;
