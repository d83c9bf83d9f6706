/** HorizontalPodAutoscalers: as many pods as their use of resources asks for. */
@NullMarked
package dev.orrery.controllermanager.podautoscaler;

import org.jspecify.annotations.NullMarked;
