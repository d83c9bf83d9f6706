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

/**
 * The kinds that a component keeps, and how a record or a snapshot changes them. Kinds are added
 * before the start from any thread; changed after it by one thread at a time.
 */
final class Kinds {

    private final Map<Class<?>, KindInformer<?>> byClass = new ConcurrentHashMap<>();
    private final Map<GroupResource, List<KindInformer<?>>> byResource = new TreeMap<>();
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

    synchronized void begin() {
        started = true;
        byClass.values().forEach(KindInformer::begin);
    }

    Set<GroupResource> resources() {
        return new TreeSet<>(byResource.keySet());
    }

    /** What the record changes here: nothing if its kind is not kept or its {@code prev} lost. */
    List<Changed<?>> apply(LogRecord record) {
        ObjectKey key = record.key();
        List<KindInformer<?>> informers = byResource.getOrDefault(key.resource(), List.of());
        if (informers.isEmpty()) {
            return List.of();
        }
        ObjectName name = ObjectName.of(key);
        if (!record.takesEffect(informers.getFirst().held(name))) {
            return List.of();
        }
        Change change = new Change(record.resourceVersion(), record.header().traceparent());
        List<Changed<?>> changes = new ArrayList<>(informers.size());
        for (KindInformer<?> informer : informers) {
            changes.add(informer.put(name, record.value(), change));
        }
        return changes;
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
