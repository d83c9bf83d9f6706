package dev.orrery.apiserver.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.rbac.Rbac;
import dev.orrery.apiserver.rbac.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The roles and bindings that every cluster begins with, as they are in Kubernetes, and our own.
 */
public final class DefaultPolicy {

    private static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";
    private static final List<String> TEXTS = List.of("users.txt", "controllers.txt", "own.txt");

    private final List<DefaultRole> roles;
    private final List<DefaultBinding> bindings;

    private DefaultPolicy(PolicyText text) {
        roles = text.roles();
        bindings = text.bindings();
    }

    public static DefaultPolicy read() {
        PolicyText policy = new PolicyText();
        for (String name : TEXTS) {
            try (InputStream in = DefaultPolicy.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("no " + name);
                }
                policy.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new DefaultPolicy(policy);
    }

    /** All objects, as one would send them. */
    public List<ObjectNode> objects() {
        return Stream.concat(
                        roles.stream().map(DefaultRole::tree),
                        bindings.stream().map(DefaultBinding::tree))
                .toList();
    }

    /** What every node may do. */
    public List<Rule> nodeRules() {
        return roles.stream()
                .filter(role -> role.name().equals("system:node"))
                .findFirst()
                .map(DefaultRole::rules)
                .orElseThrow();
    }

    static ObjectNode object(String kind, String namespace, String name) {
        ObjectNode object = Trees.object().put("kind", kind).put("apiVersion", Rbac.GROUP + "/v1");
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("annotations").put(AUTO_UPDATE, "true");
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        return object;
    }

    static boolean isKept(ObjectNode current) {
        return current.path("metadata")
                .path("annotations")
                .path(AUTO_UPDATE)
                .asText("")
                .equals("false");
    }
}
