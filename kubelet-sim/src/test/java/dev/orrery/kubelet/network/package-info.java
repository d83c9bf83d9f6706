@NullMarked
package dev.orrery.kubelet.network;

import org.jspecify.annotations.NullMarked;
