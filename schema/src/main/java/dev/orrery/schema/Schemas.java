package dev.orrery.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every type of Kubernetes' stable API groups, made at build time from the model library. Loaded
 * once, on first use; immutable, for any thread.
 */
public final class Schemas {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private final Map<String, StructType> types;
    private final Map<String, StructType> kinds;

    Schemas(Map<String, StructType> types, Map<String, StructType> kinds) {
        this.types = Map.copyOf(types);
        this.kinds = Map.copyOf(kinds);
    }

    public static Schemas kubernetes() {
        return Holder.KUBERNETES;
    }

    /**
     * The type of a kind; null where there is none.
     *
     * @param group empty for the core group
     */
    public @Nullable StructType kind(String group, String version, String kind) {
        return kinds.get(group + "/" + version + "/" + kind);
    }

    /** The type of that name in OpenAPI: {@code io.k8s.api.apps.v1.DeploymentSpec}. */
    public @Nullable StructType type(String name) {
        return types.get(name);
    }

    /** A type that all groups share: {@code DeleteOptions}, {@code ObjectMeta}, {@code Status}. */
    public StructType meta(String name) {
        StructType type = types.get(META + name);
        if (type == null) {
            throw new IllegalArgumentException("no type " + META + name);
        }
        return type;
    }

    public Collection<StructType> types() {
        return types.values();
    }

    private static final class Holder {

        static final Schemas KUBERNETES = load();

        private static Schemas load() {
            try (InputStream in = Schemas.class.getResourceAsStream("types.bin")) {
                if (in == null) {
                    throw new IllegalStateException(
                            "types.bin is not there: the build generates it");
                }
                return new TypeTable(in.readAllBytes()).read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
