package dev.orrery.controllermanager.cluster;

import dev.orrery.machinery.event.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Keeps events as lines: {@code Normal SuccessfulCreate Created pod: web-00001}. */
public final class RecordedEvents implements EventRecorder {

    private final List<String> lines = new ArrayList<>();

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public void clear() {
        lines.clear();
    }

    @Override
    public void normal(HasMetadata regarding, String reason, String message) {
        event(regarding, "", "Normal", reason, message);
    }

    @Override
    public void warning(HasMetadata regarding, String reason, String message) {
        event(regarding, "", "Warning", reason, message);
    }

    @Override
    public void event(
            HasMetadata regarding, String fieldPath, String type, String reason, String message) {
        lines.add(type + " " + reason + " " + message);
    }
}
