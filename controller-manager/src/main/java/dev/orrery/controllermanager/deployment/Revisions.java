package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbering of a Deployment's ReplicaSets. The new set's revision is one more than the highest
 * of the old ones; a set that is taken up again keeps its former numbers in its history.
 */
final class Revisions {

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";

    private static final int MAX_HISTORY_CHARACTERS = 2000;

    /** Annotations of a Deployment that are about itself and not handed on to its sets. */
    private static final Set<String> NOT_COPIED =
            Set.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    REVISION,
                    HISTORY,
                    SizeAnnotations.DESIRED,
                    SizeAnnotations.MAXIMUM,
                    "deprecated.deployment.rollback.to");

    private Revisions() {}

    /** The rollout with its new set, if there is one, numbered and kept in step. */
    static Rollout synced(Rollout rollout) {
        ReplicaSet newSet = rollout.newSet();
        return newSet == null ? rollout : rollout.withNew(inStep(rollout, newSet));
    }

    /** The rollout with a new set, made if there was none. */
    static Rollout withNewSet(Rollout rollout) {
        if (rollout.newSet() != null) {
            return rollout;
        }
        Deployment deployment = rollout.deployment();
        String hash =
                TemplateHash.of(deployment.getSpec().getTemplate(), collisionCount(deployment));
        Rollout made = rollout.withNew(inStep(rollout, newSet(deployment, hash)));
        ReplicaSet set = Objects.requireNonNull(made.newSet());
        return made.scaled(set, RollingUpdate.newSetReplicas(made));
    }

    static @Nullable String revision(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(REVISION);
    }

    /** The number, or 0 where there is none or it is not one. */
    static long number(HasMetadata object) {
        String revision = revision(object);
        try {
            return revision == null ? 0 : Long.parseLong(revision);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static int collisionCount(Deployment deployment) {
        Integer count =
                deployment.getStatus() == null ? null : deployment.getStatus().getCollisionCount();
        return count == null ? 0 : count;
    }

    private static ReplicaSet newSet(Deployment deployment, String hash) {
        PodTemplateSpec template =
                new PodTemplateSpecBuilder(deployment.getSpec().getTemplate())
                        .editOrNewMetadata()
                        .addToLabels(TemplateHash.LABEL, hash)
                        .endMetadata()
                        .build();
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withNamespace(deployment.getMetadata().getNamespace())
                .withLabels(template.getMetadata().getLabels())
                .withOwnerReferences(Owners.controllerReference(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withSelector(
                        new LabelSelectorBuilder(deployment.getSpec().getSelector())
                                .addToMatchLabels(TemplateHash.LABEL, hash)
                                .build())
                .withTemplate(template)
                .endSpec()
                .build();
    }

    private static ReplicaSet inStep(Rollout rollout, ReplicaSet set) {
        Deployment deployment = rollout.deployment();
        Map<String, String> annotations = new HashMap<>();
        if (set.getMetadata().getAnnotations() != null) {
            annotations.putAll(set.getMetadata().getAnnotations());
        }
        copyAnnotations(deployment, annotations);
        number(annotations, highest(rollout.oldSets()) + 1);
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .editSpec()
                .withMinReadySeconds(deployment.getSpec().getMinReadySeconds())
                .endSpec()
                .build();
    }

    private static void copyAnnotations(Deployment deployment, Map<String, String> annotations) {
        Map<String, String> own = deployment.getMetadata().getAnnotations();
        if (own != null) {
            own.forEach((name, value) -> {
                if (!NOT_COPIED.contains(name)) {
                    annotations.put(name, value);
                }
            });
        }
    }

    /** A number only ever grows: sets that were deleted since may have had higher ones. */
    private static void number(Map<String, String> annotations, long revision) {
        String former = annotations.get(REVISION);
        if (former != null && !former.isEmpty() && !isNumber(former)) {
            return;
        }
        if (former == null || former.isEmpty()) {
            annotations.put(REVISION, Long.toString(revision));
        } else if (Long.parseLong(former) < revision) {
            annotations.put(REVISION, Long.toString(revision));
            annotations.merge(
                    HISTORY, former, (history, latest) -> shortened(history + "," + latest));
        }
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }

    private static String shortened(String history) {
        List<String> revisions = new ArrayList<>(Arrays.asList(history.split(",")));
        revisions.removeIf(String::isEmpty);
        while (String.join(",", revisions).length() > MAX_HISTORY_CHARACTERS) {
            revisions.removeFirst();
        }
        return String.join(",", revisions);
    }

    private static long highest(Collection<ReplicaSet> sets) {
        return sets.stream().mapToLong(Revisions::number).max().orElse(0);
    }
}
