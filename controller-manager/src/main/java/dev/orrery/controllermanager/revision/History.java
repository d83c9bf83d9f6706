package dev.orrery.controllermanager.revision;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The revisions of one owner, oldest first. */
public record History(List<ControllerRevision> revisions) {

    private static final Comparator<ControllerRevision> OLDEST_FIRST =
            Comparator.comparingLong(ControllerRevision::getRevision)
                    .thenComparing(revision -> revision.getMetadata().getCreationTimestamp())
                    .thenComparing(revision -> revision.getMetadata().getName());

    public History {
        revisions = List.copyOf(revisions);
    }

    public static History of(Collection<ControllerRevision> revisions) {
        return new History(revisions.stream().sorted(OLDEST_FIRST).toList());
    }

    public @Nullable ControllerRevision named(@Nullable String name) {
        for (ControllerRevision revision : revisions) {
            if (revision.getMetadata().getName().equals(name)) {
                return revision;
            }
        }
        return null;
    }

    /** The newest that holds the template. */
    @Nullable ControllerRevision holding(PodTemplateSpec template) {
        for (ControllerRevision revision : revisions.reversed()) {
            if (RevisionData.holds(revision, template)) {
                return revision;
            }
        }
        return null;
    }

    boolean endsWith(ControllerRevision revision) {
        return !revisions.isEmpty() && revisions.getLast().equals(revision);
    }

    /** The number of the revision that comes next: they begin at 1. */
    long next() {
        return revisions.isEmpty() ? 1 : revisions.getLast().getRevision() + 1;
    }

    /**
     * What is to go so that beside those in use at most so many are kept, the oldest first.
     *
     * @param inUse names
     * @param limit null for Kubernetes' default of 10
     */
    public List<ControllerRevision> surplus(Set<String> inUse, @Nullable Integer limit) {
        List<ControllerRevision> idle =
                revisions.stream()
                        .filter(revision -> !inUse.contains(revision.getMetadata().getName()))
                        .toList();
        return idle.subList(0, Math.max(0, idle.size() - (limit == null ? 10 : limit)));
    }
}
