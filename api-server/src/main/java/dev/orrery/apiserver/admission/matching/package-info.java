/** Which requests a policy or a webhook is about. */
@NullMarked
package dev.orrery.apiserver.admission.matching;

import org.jspecify.annotations.NullMarked;
