/** The API server of Kubernetes' own suites that stands behind another: flunders and fischers. */
@NullMarked
package dev.orrery.kubelet.sample;

import org.jspecify.annotations.NullMarked;
