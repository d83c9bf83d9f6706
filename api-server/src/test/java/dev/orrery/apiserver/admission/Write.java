package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.cel.function.Access;
import dev.orrery.apiserver.kind.BuiltInKinds;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.quota.QuotaLedgers;
import dev.orrery.apiserver.request.Notices;
import dev.orrery.apiserver.rules.Given;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.States;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One write, and the cluster that it meets. Objects are in namespace {@code ns}. */
final class Write {

    private final List<Stored> objects = new ArrayList<>();
    private final Operation operation;
    private final Kind kind;
    private final ObjectNode object;
    private final @Nullable ObjectNode old;

    private Write(Operation operation, Kind kind, ObjectNode object, @Nullable ObjectNode old) {
        this.operation = operation;
        this.kind = kind;
        this.object = object;
        this.old = old;
    }

    static Write create(String group, String resource, String object) {
        return new Write(Operation.CREATE, kind(group, resource), Given.object(object), null);
    }

    static Write update(String group, String resource, String old, String object) {
        return new Write(
                Operation.UPDATE, kind(group, resource), Given.object(object), Given.object(old));
    }

    private static Kind kind(String group, String resource) {
        return BuiltInKinds.all().all().stream()
                .filter(one -> one.group().equals(group) && one.plural().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    Write in(String group, String resource, String name, String json) {
        Kind of = kind(group, resource);
        ObjectKey key = of.key(of.namespaced() ? "ns" : "", name);
        ObjectNode body = Given.object(json);
        body.withObjectProperty("metadata").put("name", name);
        objects.add(new Stored(key, 1, Trees.write(body)));
        return this;
    }

    /** The object after the plugin has seen it. */
    ObjectNode past(AdmissionPlugin plugin) {
        Attributes attributes = attributes();
        plugin.mutate(attributes);
        plugin.validate(attributes);
        return object;
    }

    /** What the plugin refuses it with; empty where it does not. */
    String refusal(AdmissionPlugin plugin) {
        try {
            past(plugin);
            return "";
        } catch (StatusException e) {
            return e.message();
        }
    }

    /** As {@link #refusal}, by the quotas that the cluster has. */
    String refusalByQuota() {
        QuotaLedgers ledgers = new QuotaLedgers();
        ledgers.restart(States.of(objects));
        return refusal(new ResourceQuota(ledgers));
    }

    private Attributes attributes() {
        return new Attributes(
                States.of(objects),
                operation,
                kind,
                "",
                kind.namespaced() ? "ns" : "",
                object.path("metadata").path("name").asText("x"),
                object,
                old,
                User.of("alice", List.of()),
                false,
                Instant.EPOCH,
                new SplittableRandom(7),
                Trees::object,
                new Notices(),
                new Nobody());
    }

    /** Lets nobody do anything. */
    private static final class Nobody implements Access {

        @Override
        public Decision resource(Subject user, String verb, Resource resource) {
            return new Decision(false, "");
        }

        @Override
        public Decision path(Subject user, String verb, String path) {
            return new Decision(false, "");
        }
    }
}
