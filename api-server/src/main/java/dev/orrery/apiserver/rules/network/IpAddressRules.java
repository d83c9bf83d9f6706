package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;

/** The rules of IPAddress: an address, and the object that has it, for good. */
public final class IpAddressRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field parent = Field.of(object, errors).get("spec", "parentRef");
        if (!parent.exists()) {
            parent.required("");
            return;
        }
        Field group = parent.get("group");
        if (!group.isEmpty()) {
            group.invalid(Names.dnsSubdomain(group.text()));
        }
        requireSegment(parent.get("resource"));
        requireSegment(parent.get("name"));
        Field namespace = parent.get("namespace");
        if (!namespace.isEmpty()) {
            namespace.invalid(Names.pathSegment(namespace.text()));
        }
    }

    private static void requireSegment(Field name) {
        if (name.require("")) {
            name.invalid(Names.pathSegment(name.text()));
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors)
                .get("spec", "parentRef")
                .unchanged(old.path("spec").path("parentRef"));
    }
}
