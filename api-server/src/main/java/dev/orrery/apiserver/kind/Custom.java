package dev.orrery.apiserver.kind;

import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.hook.HookConversion;
import dev.orrery.schema.StructType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a kind has that a user describes, and not this code. For any thread; what takes time to make
 * is made when it is first asked for.
 */
public interface Custom {

    /** Understands objects of the kind at its version. */
    Bodies bodies();

    /** How server-side apply sees the objects. */
    StructType type();

    /** By which fields, besides name and namespace, objects can be selected: {@code spec.color}. */
    Set<String> selectableFields();

    /** Null where the kind has no scale. */
    @Nullable ReplicasPaths scale();

    /** What clients are told that use this version. */
    List<String> warnings();

    /** The definition is being deleted: no objects are made any more. */
    boolean isTerminating();

    /**
     * The webhook that makes objects of one version from those of another; null where none does.
     */
    @Nullable HookConversion hook();

    /** The version in which objects are stored: {@code example.com/v1}. */
    String storedApiVersion();
}
