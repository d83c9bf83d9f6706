package dev.orrery.apiserver.cel.admission;

import static dev.orrery.apiserver.cel.DeclaredType.BOOL;
import static dev.orrery.apiserver.cel.DeclaredType.DYN;
import static dev.orrery.apiserver.cel.DeclaredType.INT;
import static dev.orrery.apiserver.cel.DeclaredType.STRING;
import static dev.orrery.apiserver.cel.DeclaredType.TIMESTAMP;

import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.cel.DeclaredType.ListOf;
import dev.orrery.apiserver.cel.DeclaredType.MapOf;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.cel.DeclaredType.Struct;
import java.util.HashMap;
import java.util.Map;

/** The types of {@code request} and {@code namespaceObject}. */
final class AdmissionTypes {

    private static final DeclaredType STRINGS = new ListOf(STRING);

    private static final Struct KIND =
            struct("GroupVersionKind", "group", STRING, "version", STRING, "kind", STRING);
    private static final Struct RESOURCE =
            struct("GroupVersionResource", "group", STRING, "version", STRING, "resource", STRING);
    private static final Struct USER =
            struct(
                    "UserInfo",
                    "username",
                    STRING,
                    "uid",
                    STRING,
                    "groups",
                    STRINGS,
                    "extra",
                    new MapOf(STRINGS));

    static final Struct REQUEST =
            struct(
                    "AdmissionRequest",
                    "kind",
                    KIND,
                    "resource",
                    RESOURCE,
                    "subResource",
                    STRING,
                    "requestKind",
                    KIND,
                    "requestResource",
                    RESOURCE,
                    "requestSubResource",
                    STRING,
                    "name",
                    STRING,
                    "namespace",
                    STRING,
                    "operation",
                    STRING,
                    "userInfo",
                    USER,
                    "dryRun",
                    BOOL,
                    "options",
                    DYN);

    private static final Struct METADATA =
            struct(
                    "NamespaceMetadata",
                    "name",
                    STRING,
                    "generateName",
                    STRING,
                    "namespace",
                    STRING,
                    "labels",
                    new MapOf(STRING),
                    "annotations",
                    new MapOf(STRING),
                    "UID",
                    STRING,
                    "creationTimestamp",
                    TIMESTAMP,
                    "deletionGracePeriodSeconds",
                    INT,
                    "deletionTimestamp",
                    TIMESTAMP,
                    "generation",
                    INT,
                    "resourceVersion",
                    STRING,
                    "finalizers",
                    STRINGS);

    private static final Struct CONDITION =
            struct(
                    "NamespaceCondition",
                    "status",
                    STRING,
                    "type",
                    STRING,
                    "lastTransitionTime",
                    TIMESTAMP,
                    "message",
                    STRING,
                    "reason",
                    STRING);

    static final Struct NAMESPACE =
            struct(
                    "Namespace",
                    "metadata",
                    METADATA,
                    "spec",
                    struct("NamespaceSpec", "finalizers", STRINGS),
                    "status",
                    struct(
                            "NamespaceStatus",
                            "conditions",
                            new ListOf(CONDITION),
                            "phase",
                            STRING));

    private AdmissionTypes() {}

    /** Names and types in turn. */
    private static Struct struct(String name, Object... fields) {
        Map<String, Member> members = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            String field = (String) fields[i];
            members.put(field, new Member(field, (DeclaredType) fields[i + 1]));
        }
        return Struct.of("kubernetes." + name, members);
    }
}
