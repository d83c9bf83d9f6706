package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks are asked a second time: those that want it, and after which something changed. Of
 * one request; used by one thread at a time.
 */
public final class Reinvocation {

    private final Set<String> invoked = new HashSet<>();
    private final Set<String> wanted = new HashSet<>();
    private boolean second;
    private @Nullable ObjectNode output;

    /** After the first round, once the object has been seen by the others again. */
    public void begin(@Nullable ObjectNode object) {
        second = true;
        if (output == null || !output.equals(object)) {
            changed();
        }
    }

    /** What the object was when the webhooks were through with it. */
    void end(@Nullable ObjectNode object) {
        output = object == null ? null : object.deepCopy();
    }

    /** All those before have not seen this. */
    void changed() {
        wanted.addAll(invoked);
        invoked.clear();
    }

    boolean skips(Webhook webhook) {
        return second && !wanted.contains(webhook.key());
    }

    void asked(Webhook webhook) {
        if (webhook.again()) {
            invoked.add(webhook.key());
        }
    }
}
