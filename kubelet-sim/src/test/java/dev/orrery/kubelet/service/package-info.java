@NullMarked
package dev.orrery.kubelet.service;

import org.jspecify.annotations.NullMarked;
