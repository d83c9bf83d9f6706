/** ValidatingAdmissionPolicy and MutatingAdmissionPolicy: rules that users write in CEL. */
@NullMarked
package dev.orrery.apiserver.admission.policy;

import org.jspecify.annotations.NullMarked;
