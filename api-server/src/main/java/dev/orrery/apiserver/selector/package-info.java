/** Which objects of a kind a request is about: label and field selectors. */
@NullMarked
package dev.orrery.apiserver.selector;

import org.jspecify.annotations.NullMarked;
