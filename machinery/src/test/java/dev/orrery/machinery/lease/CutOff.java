package dev.orrery.machinery.lease;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import java.util.Set;

/** A connection that a test can cut and mend. */
final class CutOff {

    boolean isCut;

    /** What happens while an answer is under way. */
    Runnable meanwhile = () -> {};

    Transport to(Transport server) {
        return new Transport() {
            @Override
            public Answer call(Call call) {
                if (isCut) {
                    throw new StoreUnavailableException("cut", null);
                }
                Answer answer = server.call(call);
                meanwhile.run();
                return answer;
            }

            @Override
            public Snapshot snapshot(Set<GroupResource> resources) {
                return server.snapshot(resources);
            }
        };
    }
}
