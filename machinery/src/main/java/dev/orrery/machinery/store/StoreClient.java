package dev.orrery.machinery.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Typed reads and writes through the api-server, blocking. Every write carries {@link
 * Origin#current()}. Used from any thread.
 *
 * <p>All methods throw {@link ApiException} where the server refuses, and {@link
 * StoreUnavailableException} where no answer came: a write may then have happened.
 */
public final class StoreClient {

    private static final byte[] NO_BODY = {};

    /** Gateway timeout: the log did not say whether it took the write. */
    private static final int MAY_HAVE_HAPPENED = 504;

    private final Transport transport;
    private final String actingAs;

    public StoreClient(Transport transport) {
        this(transport, "");
    }

    private StoreClient(Transport transport, String actingAs) {
        this.transport = transport;
        this.actingAs = actingAs;
    }

    /** The same client, writing as one node of this process: {@code system:node:NAME}. */
    public StoreClient asNode(String nodeName) {
        return actingAs("system:node:" + nodeName);
    }

    /** The same client, writing as the account of one controller of this process. */
    public StoreClient asController(String account) {
        return actingAs("system:serviceaccount:kube-system:" + account);
    }

    /**
     * The same client, writing as a user that this process may speak for.
     *
     * @param user empty for the process itself
     */
    public StoreClient actingAs(String user) {
        return new StoreClient(transport, user);
    }

    /** Reads the newest version: consistent, and so slower than an informer. */
    public <T extends HasMetadata> T get(Class<T> kind, String namespace, String name) {
        return Json.read(
                send(Verb.GET, Path.of(kind, namespace, name), "", NO_BODY, "", Map.of()).body(),
                kind);
    }

    /** Reads the newest versions: consistent, and so slower than an informer. */
    public <T extends HasMetadata> List<T> list(Class<T> kind, String namespace) {
        Answer answer = send(Verb.LIST, Path.of(kind, namespace, ""), "", NO_BODY, "", Map.of());
        List<T> objects = new ArrayList<>();
        for (JsonNode item : Json.read(answer.body(), JsonNode.class).path("items")) {
            objects.add(Json.convert(item, kind));
        }
        return objects;
    }

    /**
     * The newest resourceVersion as of now. A writer that got no answer may trust its informers
     * again when they have passed it: what it wrote is in them by then, or never will be.
     */
    public long newestResourceVersion() {
        Path namespaces = Path.of(Namespace.class, "", "");
        StoreClient component = new StoreClient(transport);
        return component
                .send(Verb.LIST, namespaces, "", NO_BODY, "", Map.of("limit", "1"))
                .resourceVersion();
    }

    /** Creates the object in its own namespace; answers as stored. */
    public <T extends HasMetadata> T create(T object) {
        return write(object, answered(creation(object)));
    }

    /** What {@link #create} calls, to be made with others. */
    public Call creation(HasMetadata object) {
        return call(
                Verb.CREATE,
                Path.of(object).withoutName(),
                "",
                Json.write(object),
                "application/json",
                Map.of());
    }

    /**
     * Replaces the object if its resourceVersion is still the newest (or unset); answers as stored.
     */
    public <T extends HasMetadata> T update(T object) {
        return write(
                object,
                send(
                        Verb.UPDATE,
                        Path.of(object),
                        "",
                        Json.write(object),
                        "application/json",
                        Map.of()));
    }

    /** As {@link #update}, for the status alone. */
    public <T extends HasMetadata> T updateStatus(T object) {
        return write(
                object,
                send(
                        Verb.UPDATE,
                        Path.of(object),
                        "status",
                        Json.write(object),
                        "application/json",
                        Map.of()));
    }

    /** Changes the object, or where {@code subresource} is not empty that part of it. */
    public <T extends HasMetadata> T patch(
            Class<T> kind,
            String namespace,
            String name,
            String subresource,
            PatchType type,
            JsonNode patch) {
        Path path = Path.of(kind, namespace, name);
        return Json.read(answered(change(path, subresource, type, patch)).body(), kind);
    }

    /** What {@link #patch} calls, to be made with others. */
    public Call change(Path path, String subresource, PatchType type, JsonNode patch) {
        return call(Verb.PATCH, path, subresource, Json.write(patch), type.mediaType(), Map.of());
    }

    /** Deletes the object, or begins to: finalizers and grace periods take their time. */
    public void delete(
            Class<? extends HasMetadata> kind, String namespace, String name, Deletion how) {
        send(
                Verb.DELETE,
                Path.of(kind, namespace, name),
                "",
                body(how),
                "application/json",
                Map.of());
    }

    /** Creates a sub-resource that is an action: a Pod's binding or eviction. */
    public Answer createSubresource(
            Class<? extends HasMetadata> kind,
            String namespace,
            String name,
            String subresource,
            Object body) {
        return send(
                Verb.CREATE,
                Path.of(kind, namespace, name),
                subresource,
                Json.write(body),
                "application/json",
                Map.of());
    }

    /** Any request, for callers that know a resource only by name. */
    public Answer send(
            Verb verb,
            Path path,
            String subresource,
            byte[] body,
            String contentType,
            Map<String, String> options) {
        return answered(call(verb, path, subresource, body, contentType, options));
    }

    /**
     * Several calls at once, of which none waits for another.
     *
     * @return the answers in the order of the calls, refusals among them
     */
    public List<Answer> batch(List<Call> calls) {
        try {
            List<Answer> answers = transport.batch(calls);
            for (int i = 0; i < calls.size(); i++) {
                track(calls.get(i), answers.get(i));
            }
            return answers;
        } catch (StoreUnavailableException e) {
            calls.forEach(call -> WriteTracker.unanswered(call.verb()));
            throw e;
        }
    }

    private Call call(
            Verb verb,
            Path path,
            String subresource,
            byte[] body,
            String contentType,
            Map<String, String> options) {
        return new Call(
                verb,
                path.group(),
                path.version(),
                path.resource(),
                subresource,
                path.namespace(),
                path.name(),
                body,
                contentType,
                options,
                actingAs,
                WriteTracker.stamp(Origin.current()));
    }

    private Answer answered(Call call) {
        Answer answer;
        try {
            answer = transport.call(call);
        } catch (StoreUnavailableException e) {
            WriteTracker.unanswered(call.verb());
            throw e;
        }
        track(call, answer);
        if (!answer.isSuccess()) {
            throw new ApiException(Json.read(answer.body(), Status.class));
        }
        return answer;
    }

    private static void track(Call call, Answer answer) {
        if (answer.code() == MAY_HAVE_HAPPENED) {
            WriteTracker.unanswered(call.verb());
        } else if (answer.isSuccess()) {
            WriteTracker.answered(call, answer);
        }
    }

    @SuppressWarnings("unchecked") // the answer to a write is an object of the written kind
    private static <T extends HasMetadata> T write(T object, Answer answer) {
        return Json.read(answer.body(), (Class<T>) object.getClass());
    }

    private static byte[] body(Deletion how) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("kind", "DeleteOptions").put("apiVersion", "v1");
        if (how.gracePeriodSeconds() != null) {
            options.put("gracePeriodSeconds", how.gracePeriodSeconds());
        }
        if (how.propagation() != null) {
            options.put("propagationPolicy", how.propagation());
        }
        if (how.uid() != null || how.resourceVersion() != null) {
            ObjectNode preconditions = options.putObject("preconditions");
            if (how.uid() != null) {
                preconditions.put("uid", how.uid());
            }
            if (how.resourceVersion() != null) {
                preconditions.put("resourceVersion", how.resourceVersion());
            }
        }
        return Json.write(options);
    }
}
