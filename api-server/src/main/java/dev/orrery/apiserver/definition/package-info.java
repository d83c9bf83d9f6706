/** CustomResourceDefinitions: what is right with them, and what becomes of them. */
@NullMarked
package dev.orrery.apiserver.definition;

import org.jspecify.annotations.NullMarked;
