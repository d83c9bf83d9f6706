package dev.orrery.controllermanager.revision;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.CanonicalTemplate;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import java.util.Collection;

/** Writes the history of pod templates: a template that was there before gets no second entry. */
public final class RevisionKeeper {

    private final StoreClient store;
    private final String hashLabel;

    /**
     * @param revision the template's entry
     * @param collisions how often by now a hash has met a foreign name
     */
    public record Kept(ControllerRevision revision, int collisions) {

        public String name() {
            return revision.getMetadata().getName();
        }
    }

    /**
     * @param hashLabel what label of a revision carries the hash of its template
     */
    public RevisionKeeper(StoreClient store, String hashLabel) {
        this.store = store;
        this.hashLabel = hashLabel;
    }

    /** The template's entry at the end of the history: found there, moved there, or made. */
    public Kept keep(HasMetadata owner, PodTemplateSpec template, History history, int collisions) {
        ControllerRevision found = history.holding(template);
        if (found == null) {
            return create(owner, template, history.next(), collisions);
        }
        if (history.endsWith(found)) {
            return new Kept(found, collisions);
        }
        ControllerRevision moved =
                new ControllerRevisionBuilder(found).withRevision(history.next()).build();
        return new Kept(store.update(moved), collisions);
    }

    public void drop(Collection<ControllerRevision> surplus) {
        for (ControllerRevision revision : surplus) {
            try {
                store.delete(
                        ControllerRevision.class,
                        revision.getMetadata().getNamespace(),
                        revision.getMetadata().getName(),
                        Deletion.of(revision.getMetadata().getUid()));
            } catch (ApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
    }

    private Kept create(HasMetadata owner, PodTemplateSpec template, long number, int collisions) {
        for (int tries = collisions; ; tries++) {
            ControllerRevision wanted = stamp(owner, template, number, tries);
            try {
                return new Kept(store.create(wanted), tries);
            } catch (ApiException e) {
                if (!e.isAlreadyExists()) {
                    throw e;
                }
            }
            ControllerRevision present =
                    store.get(
                            ControllerRevision.class,
                            wanted.getMetadata().getNamespace(),
                            wanted.getMetadata().getName());
            if (Owners.isControlledBy(present, owner) && RevisionData.holds(present, template)) {
                return new Kept(present, tries);
            }
        }
    }

    private ControllerRevision stamp(
            HasMetadata owner, PodTemplateSpec template, long number, int collisions) {
        String hash = CanonicalTemplate.hash(template, collisions);
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(owner.getMetadata().getName() + "-" + hash)
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(hashLabel, hash)
                .withAnnotations(owner.getMetadata().getAnnotations())
                .withOwnerReferences(Owners.controllerReference(owner))
                .endMetadata()
                .withData(RevisionData.of(template))
                .withRevision(number)
                .build();
    }
}
