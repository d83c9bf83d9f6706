/** What the webhooks of Kubernetes' own suites answer: functions from reviews to reviews. */
@NullMarked
package dev.orrery.kubelet.review;

import org.jspecify.annotations.NullMarked;
