package dev.orrery.schema.apply;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.orrery.schema.Field;
import dev.orrery.schema.Merging;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for any object: made at random from the schema, by seed. */
class RandomObjectsTest {

    private static final int SEEDS = 300;
    private static final int DEPTH = 7;

    private static final List<StructType> KINDS =
            List.of(
                    kind("", "Pod"),
                    kind("apps", "Deployment"),
                    kind("", "Service"),
                    kind("", "Node"),
                    kind("networking.k8s.io", "Ingress"),
                    kind("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"));

    private static StructType kind(String group, String kind) {
        return requireNonNull(Schemas.kubernetes().kind(group, "v1", kind));
    }

    @Test
    void fieldsGoThroughFieldsV1AndBack() {
        each((seed, type, a, b) -> {
            FieldSet set = OwnedFields.of(a, type);
            assertThat(FieldSet.ofJson(set.toJson())).as("seed %d", seed).isEqualTo(set);
            assertThat(set.isWithin(set.toJson())).as("seed %d", seed).isTrue();
        });
    }

    @Test
    void theSameAppliedAgainChangesNothing() {
        each((seed, type, a, b) -> {
            ObjectNode once = Merger.merge(a, b, type);
            ObjectNode twice = Merger.merge(once, b, type);
            assertThat(difference(once, twice, type).isSame()).as("seed %d", seed).isTrue();
        });
    }

    @Test
    void whatIsAppliedIsThereThen() {
        each((seed, type, a, b) -> {
            ObjectNode merged = Merger.merge(a, b, type);
            FieldSet owned = OwnedFields.of(b, type);
            Comparison changes = difference(b, merged, type);
            assertThat(owned.intersection(changes.modified()).isEmpty())
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(changes.removed().isEmpty()).as("seed %d", seed).isTrue();
        });
    }

    @Test
    void whatWasAppliedOverNothingGoesWithoutATrace() {
        each((seed, type, a, b) -> {
            FieldSet last = OwnedFields.of(a, type);
            ObjectNode pruned = Pruning.prune(a, last, FieldSet.EMPTY, type);
            assertThat(OwnedFields.of(pruned, type).intersection(last).isEmpty())
                    .as("seed %d", seed)
                    .isTrue();
        });
    }

    @Test
    void whatSomebodyOwnsIsNotPruned() {
        each((seed, type, a, b) -> {
            ObjectNode merged = Merger.merge(a, b, type);
            FieldSet last = OwnedFields.of(a, type);
            FieldSet owned = OwnedFields.of(b, type);
            ObjectNode pruned = Pruning.prune(merged, last, owned, type);
            FieldSet lost = difference(b, pruned, type).removed().intersection(owned);
            assertThat(lost.isEmpty()).as("seed %d: %s", seed, lost).isTrue();
        });
    }

    @Test
    void differencesAreThoseOfTheOtherWayRound() {
        each((seed, type, a, b) -> {
            Comparison there = difference(a, b, type);
            Comparison back = difference(b, a, type);
            assertThat(there.added()).as("seed %d", seed).isEqualTo(back.removed());
            assertThat(there.modified()).as("seed %d", seed).isEqualTo(back.modified());
        });
    }

    private static Comparison difference(ObjectNode a, ObjectNode b, StructType type) {
        return Comparison.of(a, b, type, FieldSet.EMPTY);
    }

    private interface Property {
        void check(int seed, StructType type, ObjectNode a, ObjectNode b);
    }

    private static void each(Property property) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            StructType type = KINDS.get(seed % KINDS.size());
            property.check(seed, type, object(type, random, 0), object(type, random, 0));
        }
    }

    private static ObjectNode object(StructType type, Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Field field : type.fields()) {
            if (random.nextInt(depth < 2 ? 2 : 4) == 0 && depth < DEPTH) {
                JsonNode value = value(field.shape(), field.merging(), random, depth + 1);
                if (!value.isEmpty() || value.isValueNode()) { // what is empty goes with the rest
                    object.set(field.name(), value);
                }
            }
        }
        return object;
    }

    private static JsonNode value(Shape shape, Merging merging, Random random, int depth) {
        return switch (shape.kind()) {
            case BOOL -> BooleanNode.valueOf(random.nextBoolean());
            case INT32, INT64, DOUBLE -> IntNode.valueOf(random.nextInt(3));
            case STRUCT -> object(shape.struct(), random, depth);
            case LIST -> list(shape.element(), merging, random, depth);
            case MAP -> map(shape.element(), random, depth);
            default -> TextNode.valueOf("v" + random.nextInt(3));
        };
    }

    private static JsonNode map(Shape element, Random random, int depth) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.set("k" + random.nextInt(4), value(element, Merging.DEFAULT, random, depth));
        }
        return map;
    }

    /** No item twice, by what tells them apart. */
    private static JsonNode list(Shape element, Merging merging, Random random, int depth) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            JsonNode item = value(element, Merging.DEFAULT, random, depth);
            StringBuilder id = new StringBuilder();
            for (String key : merging.keys()) {
                Field field = requireNonNull(element.struct().field(key));
                JsonNode value = value(field.shape(), field.merging(), random, depth);
                ((ObjectNode) item).set(key, value);
                id.append(value).append(' ');
            }
            if (seen.add(merging.keys().isEmpty() ? item.toString() : id.toString())) {
                list.add(item);
            }
        }
        return list;
    }
}
