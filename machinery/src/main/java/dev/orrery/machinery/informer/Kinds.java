package dev.orrery.machinery.informer;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that a component keeps, and how a record or a snapshot changes them. Kinds are added
 * before the start from any thread; changed after it by one thread at a time.
 */
final class Kinds {

    private final Map<Class<?>, KindInformer<?>> byClass = new ConcurrentHashMap<>();
    private final Map<GroupResource, List<KindInformer<?>>> byResource = new TreeMap<>();
    private @Nullable LogMetadata metadata;
    private boolean started;

    @SuppressWarnings("unchecked") // an informer is kept under the class that it was made for
    synchronized <T extends HasMetadata> KindInformer<T> of(Class<T> kind) {
        KindInformer<?> known = byClass.get(kind);
        if (known != null) {
            return (KindInformer<T>) known;
        }
        if (started) {
            throw new IllegalStateException("the informers have started: " + kind.getSimpleName());
        }
        KindInformer<T> informer = new KindInformer<>(kind);
        byClass.put(kind, informer);
        byResource.computeIfAbsent(informer.resource(), _ -> new ArrayList<>()).add(informer);
        return informer;
    }

    synchronized LogMetadata metadata() {
        if (metadata == null) {
            if (started) {
                throw new IllegalStateException("the informers have started: metadata");
            }
            metadata = new LogMetadata();
        }
        return metadata;
    }

    synchronized void begin() {
        started = true;
        if (metadata != null) {
            metadata.begin();
        }
        byClass.values().forEach(KindInformer::begin);
    }

    /** What a snapshot must hold; empty for everything. */
    Set<GroupResource> resources() {
        return metadata == null ? new TreeSet<>(byResource.keySet()) : Set.of();
    }

    /** What the record changes here: nothing if its kind is not kept or its {@code prev} lost. */
    List<Changed<?>> apply(LogRecord record) {
        ObjectKey key = record.key();
        List<KindInformer<?>> informers = byResource.getOrDefault(key.resource(), List.of());
        if (informers.isEmpty() && metadata == null) {
            return List.of();
        }
        if (!record.takesEffect(held(key, informers))) {
            return List.of();
        }
        Change change = new Change(record.resourceVersion(), record.header().traceparent());
        List<Changed<?>> changes = new ArrayList<>(informers.size() + 1);
        for (KindInformer<?> informer : informers) {
            changes.add(informer.put(ObjectName.of(key), record.value(), change));
        }
        if (metadata != null) {
            changes.add(metadata.put(key, record.value(), change));
        }
        return changes;
    }

    private long held(ObjectKey key, List<KindInformer<?>> informers) {
        return metadata != null
                ? metadata.held(key)
                : informers.getFirst().held(ObjectName.of(key));
    }

    /**
     * Makes the informers equal to the snapshot and keeps what is the same already.
     *
     * @return what differed: new versions in the order in which they were written, then what is
     *     gone
     */
    List<Changed<?>> replace(Snapshot snapshot) {
        List<Changed<?>> changes = new ArrayList<>();
        Map<GroupResource, Set<ObjectName>> present = new HashMap<>();
        List<Snapshot.Item> items = new ArrayList<>(snapshot.objects());
        items.sort(Comparator.comparingLong(Snapshot.Item::resourceVersion));
        for (Snapshot.Item item : items) {
            GroupResource resource = item.key().resource();
            present.computeIfAbsent(resource, _ -> new HashSet<>()).add(ObjectName.of(item.key()));
            replace(item, changes);
        }
        Change gone = new Change(snapshot.resourceVersion(), "");
        byResource.forEach((resource, informers) -> {
            Set<ObjectName> kept = present.getOrDefault(resource, Set.of());
            informers.forEach(informer -> removeOthers(informer, kept, gone, changes));
        });
        removeOtherMetadata(present, gone, changes);
        return changes;
    }

    private void replace(Snapshot.Item item, List<Changed<?>> changes) {
        ObjectName name = ObjectName.of(item.key());
        Change change = new Change(item.resourceVersion(), "");
        for (KindInformer<?> informer : byResource.getOrDefault(item.key().resource(), List.of())) {
            if (informer.held(name) != item.resourceVersion()) {
                changes.add(informer.put(name, item.value(), change));
            }
        }
        if (metadata != null && metadata.held(item.key()) != item.resourceVersion()) {
            changes.add(metadata.put(item.key(), item.value(), change));
        }
    }

    private void removeOtherMetadata(
            Map<GroupResource, Set<ObjectName>> kept, Change gone, List<Changed<?>> changes) {
        if (metadata == null) {
            return;
        }
        for (ObjectKey key : metadata.keys()) {
            if (!kept.getOrDefault(key.resource(), Set.of()).contains(ObjectName.of(key))) {
                changes.add(metadata.put(key, null, gone));
            }
        }
    }

    private static void removeOthers(
            KindInformer<?> informer, Set<ObjectName> kept, Change gone, List<Changed<?>> changes) {
        for (ObjectName name : informer.names()) {
            if (!kept.contains(name)) {
                changes.add(informer.put(name, null, gone));
            }
        }
    }
}
