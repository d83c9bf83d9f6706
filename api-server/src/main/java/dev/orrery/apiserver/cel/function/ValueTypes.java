package dev.orrery.apiserver.cel.function;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;

/** The types that the functions add, and the classes of their values. */
final class ValueTypes {

    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    static final CelType URL = OpaqueType.create("kubernetes.URL");
    static final CelType IP = OpaqueType.create("net.IP");
    static final CelType CIDR = OpaqueType.create("net.CIDR");
    static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
    static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");

    static final CelType AUTHORIZER = authorization("Authorizer");
    static final CelType PATH_CHECK = authorization("PathCheck");
    static final CelType GROUP_CHECK = authorization("GroupCheck");
    static final CelType RESOURCE_CHECK = authorization("ResourceCheck");
    static final CelType DECISION = authorization("Decision");

    static final CelType STRINGS = ListType.create(SimpleType.STRING);
    static final CelType OPTIONAL_STRINGS = OptionalType.create(STRINGS);

    private static final Map<CelType, Class<?>> CLASSES =
            Map.of(
                    SimpleType.STRING,
                    String.class,
                    SimpleType.INT,
                    Long.class,
                    SimpleType.BOOL,
                    Boolean.class,
                    QUANTITY,
                    QuantityValue.class,
                    URL,
                    UrlValue.class,
                    IP,
                    IpValue.class,
                    CIDR,
                    CidrValue.class,
                    SEMVER,
                    SemverValue.class,
                    FORMAT,
                    NamedFormat.class);

    private ValueTypes() {}

    private static CelType authorization(String name) {
        return OpaqueType.create("kubernetes.authorization." + name);
    }

    static Class<?> classOf(CelType type) {
        return type instanceof ListType ? List.class : CLASSES.getOrDefault(type, Object.class);
    }
}
