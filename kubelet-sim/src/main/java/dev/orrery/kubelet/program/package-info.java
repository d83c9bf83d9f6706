/** What the programs of images do: servers, entry points and the test programs of Kubernetes. */
@NullMarked
package dev.orrery.kubelet.program;

import org.jspecify.annotations.NullMarked;
