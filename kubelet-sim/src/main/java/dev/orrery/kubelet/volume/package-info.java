/** What a pod takes from ConfigMaps, Secrets and claims, and whether it is there. */
@NullMarked
package dev.orrery.kubelet.volume;

import org.jspecify.annotations.NullMarked;
