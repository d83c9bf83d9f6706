/** The kubelets as a service of their own: Quarkus and its configuration. */
@NullMarked
package dev.orrery.kubelet.service;

import org.jspecify.annotations.NullMarked;
