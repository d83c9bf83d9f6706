package dev.orrery.apiserver.store;

import static java.util.Objects.requireNonNull;

import dev.orrery.machinery.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a watch tells, as lines: {@code + default/a 3}. */
final class Recording implements WatchSink {

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void changed(
            @Nullable Stored before, @Nullable Stored after, LogRecord record) {
        String sign = before == null ? "+" : after == null ? "-" : "~";
        Stored either = after != null ? after : requireNonNull(before);
        lines.add(
                "%s %s/%s %d"
                        .formatted(
                                sign,
                                either.key().namespace(),
                                either.key().name(),
                                record.resourceVersion()));
    }

    @Override
    public synchronized void progress(long resourceVersion) {
        lines.add("= " + resourceVersion);
    }

    @Override
    public synchronized void end(Exception reason) {
        lines.add("! " + reason.getMessage());
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
