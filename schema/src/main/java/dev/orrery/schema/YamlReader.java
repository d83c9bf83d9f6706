package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Turns one YAML document into JSON as Kubernetes does: YAML 1.1, dates stay texts. */
final class YamlReader {

    /** The limit of a request's body. */
    private static final int MAX_CHARACTERS = 3 * 1024 * 1024;

    private static final int MAX_DEPTH = 100;

    /** Aliases of aliases may stand for very much. */
    private static final int MAX_NODES = 500_000;

    private final List<String> duplicates = new ArrayList<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private YamlReader() {}

    static PlainJson read(byte[] text) throws DecodeException {
        YamlReader reader = new YamlReader();
        try {
            JsonNode value = reader.document(text);
            return new PlainJson(value, reader.findings());
        } catch (MarkedYAMLException e) {
            throw DecodeException.unrecognized(message(e));
        } catch (YAMLException | StackOverflowError e) {
            throw DecodeException.unrecognized("yaml: " + e.getMessage());
        }
    }

    private JsonNode document(byte[] text) {
        Iterator<Node> documents =
                yaml().composeAll(
                                new InputStreamReader(
                                        new ByteArrayInputStream(text), StandardCharsets.UTF_8))
                        .iterator();
        if (!documents.hasNext()) {
            return JsonNodeFactory.instance.nullNode();
        }
        JsonNode value = node(documents.next());
        if (documents.hasNext()) {
            throw new YAMLException("a body is one document, and this has several");
        }
        return value;
    }

    private static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_CHARACTERS);
        limits.setNestingDepthLimit(MAX_DEPTH);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits);
    }

    private List<String> findings() {
        return duplicates.isEmpty()
                ? List.of()
                : List.of("yaml: unmarshal errors:\n  " + String.join("\n  ", duplicates));
    }

    private static String message(MarkedYAMLException e) {
        String problem =
                String.valueOf(e.getProblem())
                        .replace("are not allowed here", "are not allowed in this context")
                        .replaceAll("found character '.*' that", "found character that")
                        .replaceAll("\\.? ?\\(Do not use .*", "")
                        .strip();
        int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
        return "yaml: line " + line + ": " + problem;
    }

    private JsonNode node(Node node) {
        if (++nodes > MAX_NODES) {
            throw new YAMLException("document contains excessive aliasing");
        }
        if (node instanceof ScalarNode scalar) {
            return YamlScalar.value(scalar);
        }
        if (!open.add(node)) {
            throw new YAMLException("anchor '" + node.getAnchor() + "' value contains itself");
        }
        JsonNode value = node instanceof MappingNode map ? map(map) : list((SequenceNode) node);
        open.remove(node);
        return value;
    }

    private ArrayNode list(SequenceNode sequence) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        sequence.getValue().forEach(item -> list.add(node(item)));
        return list;
    }

    private ObjectNode map(MappingNode mapping) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                continue;
            }
            String key = key(entry.getKeyNode());
            if (map.has(key)) {
                int line = entry.getKeyNode().getStartMark().getLine() + 1;
                duplicates.add(
                        "line " + line + ": key " + GoText.quote(key) + " already set in map");
            }
            map.set(key, node(entry.getValueNode()));
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(map, entry.getValueNode());
            }
        }
        return map;
    }

    private static String key(Node key) {
        if (key instanceof ScalarNode scalar) {
            return YamlScalar.value(scalar).asText();
        }
        throw new YAMLException("invalid map key");
    }

    /** What a map takes over from others, where it does not say it itself. */
    private void merge(ObjectNode map, Node source) {
        switch (source) {
            case MappingNode other ->
                    map(other)
                            .properties()
                            .forEach(m -> {
                                if (!map.has(m.getKey())) {
                                    map.set(m.getKey(), m.getValue());
                                }
                            });
            case SequenceNode others -> others.getValue().forEach(other -> merge(map, other));
            default ->
                    throw new YAMLException(
                            "map merge requires map or sequence of maps as the value");
        }
    }
}
