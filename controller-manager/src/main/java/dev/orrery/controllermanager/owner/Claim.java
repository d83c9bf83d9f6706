package dev.orrery.controllermanager.owner;

import dev.orrery.controllermanager.label.Selector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which of the candidates an owner holds, is to adopt, and is to release.
 *
 * <p>An owner holds what names it as controller and matches its selector; it lets go of what names
 * it and no longer matches; it takes what matches and has no controller. An owner that is being
 * deleted holds what it has and does neither.
 */
public record Claim<T extends HasMetadata>(List<T> held, List<T> adopted, List<T> released) {

    public Claim {
        held = List.copyOf(held);
        adopted = List.copyOf(adopted);
        released = List.copyOf(released);
    }

    public static <T extends HasMetadata> Claim<T> of(
            HasMetadata owner, Selector selector, Collection<T> candidates) {
        List<T> held = new ArrayList<>();
        List<T> adopted = new ArrayList<>();
        List<T> released = new ArrayList<>();
        boolean ownerStays = !Owners.isBeingDeleted(owner);
        for (T candidate : candidates) {
            OwnerReference controller = Owners.controllerOf(candidate);
            boolean matches = selector.matches(candidate);
            if (controller == null) {
                if (ownerStays && matches && !Owners.isBeingDeleted(candidate)) {
                    adopted.add(candidate);
                }
            } else if (controller.getUid().equals(owner.getMetadata().getUid())) {
                if (matches) {
                    held.add(candidate);
                } else if (ownerStays) {
                    released.add(candidate);
                }
            }
        }
        return new Claim<>(held, adopted, released);
    }

    /** What the owner has once the claim is carried out. */
    public List<T> all() {
        List<T> all = new ArrayList<>(held);
        all.addAll(adopted);
        return all;
    }
}
