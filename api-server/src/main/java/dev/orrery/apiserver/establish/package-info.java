/** What the api-server itself does with CustomResourceDefinitions, beside serving them. */
@NullMarked
package dev.orrery.apiserver.establish;

import org.jspecify.annotations.NullMarked;
