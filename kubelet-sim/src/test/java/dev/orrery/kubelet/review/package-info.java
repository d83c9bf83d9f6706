@NullMarked
package dev.orrery.kubelet.review;

import org.jspecify.annotations.NullMarked;
