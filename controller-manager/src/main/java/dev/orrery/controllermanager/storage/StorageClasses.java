package dev.orrery.controllermanager.storage;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Facts about storage classes. */
public final class StorageClasses {

    public static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private static final String WAIT = "WaitForFirstConsumer";

    private static final Comparator<StorageClass> NEWEST_FIRST =
            Comparator.comparing(StorageClasses::created)
                    .reversed()
                    .thenComparing(each -> each.getMetadata().getName());

    private StorageClasses() {}

    /** The class of claims that name none: the newest that says so. */
    public static Optional<String> defaultAmong(Collection<StorageClass> classes) {
        return classes.stream()
                .filter(each -> Marks.value(each, IS_DEFAULT).equals("true"))
                .min(NEWEST_FIRST)
                .map(each -> each.getMetadata().getName());
    }

    /** Its claims get their volumes only once a pod wants them. */
    public static boolean waitsForConsumer(@Nullable StorageClass storageClass) {
        return storageClass != null && WAIT.equals(storageClass.getVolumeBindingMode());
    }

    private static String created(StorageClass storageClass) {
        String time = storageClass.getMetadata().getCreationTimestamp();
        return time == null ? "" : time;
    }
}
