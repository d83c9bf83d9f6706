@NullMarked
package dev.orrery.kubelet.storage;

import org.jspecify.annotations.NullMarked;
