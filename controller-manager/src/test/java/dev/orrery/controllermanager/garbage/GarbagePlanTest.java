package dev.orrery.controllermanager.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/ and
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/.
 */
class GarbagePlanTest {

    private static final OwnerReference A = reference("a", true);
    private static final OwnerReference B = reference("b", true);
    private static final ObjectMetadata PLAIN = object("x", false, List.of(), A);
    private static final ObjectMetadata CHILD =
            object("child", false, List.of(), reference("x", true));
    private static final ObjectMetadata LOOSE_CHILD =
            object("child", false, List.of(), reference("x", false));
    private static final ObjectMetadata GOING_CHILD =
            object("child", true, List.of("foregroundDeletion"), reference("x", true));

    static Stream<Arguments> decides() {
        return Stream.of(
                row("owner there", PLAIN, Map.of("a", OwnerState.SOLID), List.of(), keep()),
                row(
                        "owner gone",
                        PLAIN,
                        Map.of("a", OwnerState.ABSENT),
                        List.of(),
                        new GarbagePlan.Delete("Background", false)),
                row(
                        "owner waits, no dependents",
                        PLAIN,
                        Map.of("a", OwnerState.WAITING),
                        List.of(),
                        new GarbagePlan.Delete("Background", false)),
                row(
                        "owner waits, dependents go first",
                        PLAIN,
                        Map.of("a", OwnerState.WAITING),
                        List.of(CHILD),
                        new GarbagePlan.Delete("Foreground", false)),
                row(
                        "owner waits for us and our dependent for it: a circle",
                        PLAIN,
                        Map.of("a", OwnerState.WAITING),
                        List.of(GOING_CHILD),
                        new GarbagePlan.Delete("Foreground", true)),
                row(
                        "one owner there, one gone",
                        object("x", false, List.of(), A, B),
                        Map.of("a", OwnerState.ABSENT, "b", OwnerState.SOLID),
                        List.of(),
                        new GarbagePlan.KeepWith(List.of(B))),
                row(
                        "one owner there, one waits",
                        object("x", false, List.of(), A, B),
                        Map.of("a", OwnerState.SOLID, "b", OwnerState.WAITING),
                        List.of(CHILD),
                        new GarbagePlan.KeepWith(List.of(A))),
                row(
                        "both owners gone",
                        object("x", false, List.of(), A, B),
                        Map.of("a", OwnerState.ABSENT, "b", OwnerState.ABSENT),
                        List.of(),
                        new GarbagePlan.Delete("Background", false)),
                row(
                        "a finalizer already says how",
                        object("x", false, List.of("orphan"), A),
                        Map.of("a", OwnerState.ABSENT),
                        List.of(),
                        new GarbagePlan.Delete("Orphan", false)),
                row("nobody's", object("x", false, List.of()), Map.of(), List.of(), keep()),
                row("going anyway", object("x", true, List.of(), A), Map.of(), List.of(), keep()),
                row(
                        "foreground, blocked",
                        object("x", true, List.of("foregroundDeletion")),
                        Map.of(),
                        List.of(CHILD),
                        keep()),
                row(
                        "foreground, dependents that do not block",
                        object("x", true, List.of("foregroundDeletion")),
                        Map.of(),
                        List.of(LOOSE_CHILD),
                        new GarbagePlan.Release("foregroundDeletion")),
                row(
                        "orphan, dependents left",
                        object("x", true, List.of("orphan")),
                        Map.of(),
                        List.of(CHILD),
                        new GarbagePlan.Orphan(List.of(CHILD))),
                row(
                        "orphan, none left",
                        object("x", true, List.of("orphan")),
                        Map.of(),
                        List.of(),
                        new GarbagePlan.Release("orphan")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void decides(
            String name,
            ObjectMetadata object,
            Map<String, OwnerState> owners,
            List<ObjectMetadata> dependents,
            GarbagePlan expected) {
        assertThat(GarbagePlan.of(object, owners, dependents)).isEqualTo(expected);
    }

    private static Arguments row(
            String name,
            ObjectMetadata object,
            Map<String, OwnerState> owners,
            List<ObjectMetadata> dependents,
            GarbagePlan expected) {
        return Arguments.of(name, object, owners, dependents, expected);
    }

    private static GarbagePlan keep() {
        return new GarbagePlan.Keep();
    }

    private static ObjectMetadata object(
            String uid, boolean deleting, List<String> finalizers, OwnerReference... owners) {
        ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "default", uid);
        return new ObjectMetadata(key, "v1", "Pod", uid, 1, deleting, finalizers, List.of(owners));
    }

    private static OwnerReference reference(String uid, boolean blocks) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(uid)
                .withUid(uid)
                .withBlockOwnerDeletion(blocks)
                .build();
    }
}
