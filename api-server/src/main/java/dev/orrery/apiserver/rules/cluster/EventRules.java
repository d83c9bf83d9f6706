package dev.orrery.apiserver.rules.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;

/** The rules of Event, as it is stored: in the core group's words. */
public final class EventRules implements Rules {

    private static final int LONGEST_NOTE = 1024;
    private static final int LONGEST_NAME = 128;

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field event = Field.of(object, errors);
        String home = event.get("metadata", "namespace").text();
        Field namespace = event.get("involvedObject", "namespace");
        boolean clusterWide = namespace.isEmpty();
        boolean fits =
                clusterWide
                        ? home.equals("default") || home.equals("kube-system")
                        : namespace.is(home);
        if (!fits) {
            namespace.invalid(namespace.text(), "does not match event.namespace");
        }
        if (event.get("eventTime").isEmpty()) {
            return;
        }
        event.get("reportingComponent").require("");
        event.get("reportingInstance").require("");
        event.get("action").require("");
        event.get("reason").require("");
        shorten(event.get("reportingInstance"), LONGEST_NAME);
        shorten(event.get("action"), LONGEST_NAME);
        shorten(event.get("reason"), LONGEST_NAME);
        shorten(event.get("message"), LONGEST_NOTE);
    }

    private static void shorten(Field text, int longest) {
        if (text.text().length() > longest) {
            text.invalid("", "can have at most " + longest + " characters");
        }
    }
}
