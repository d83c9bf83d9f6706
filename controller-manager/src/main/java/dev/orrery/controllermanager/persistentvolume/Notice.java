package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.machinery.event.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Something to tell the user about an object, as an event. */
record Notice(String type, String reason, String message) {

    static Notice normal(String reason, String message) {
        return new Notice("Normal", reason, message);
    }

    static Notice warning(String reason, String message) {
        return new Notice("Warning", reason, message);
    }

    void tell(EventRecorder events, HasMetadata regarding) {
        events.event(regarding, "", type, reason, message);
    }
}
