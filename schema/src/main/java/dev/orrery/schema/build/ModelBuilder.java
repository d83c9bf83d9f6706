package dev.orrery.schema.build;

import com.google.protobuf.Descriptors.Descriptor;
import dev.orrery.schema.build.JavaModels.Model;
import dev.orrery.schema.build.JavaModels.Property;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins the three sources: fields, descriptions and required from the Java classes, packages,
 * numbers and special types from the protobuf messages, the rest from {@link GoFacts}.
 */
final class ModelBuilder {

    /** The one group whose messages the protobuf library lacks. */
    private static final String APIREGISTRATION =
            "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.";

    private final ProtoModel protobuf = new ProtoModel();
    private final GoFacts facts;
    private final List<Model> models;
    private final Map<Class<?>, Model> byClass = new HashMap<>();

    ModelBuilder(List<Model> models, GoFacts facts) {
        this.models = models;
        this.facts = facts;
        models.forEach(model -> byClass.put(model.type(), model));
    }

    /** By name, in order. */
    Map<String, ModelType> build() {
        Map<String, ModelType> types = new TreeMap<>();
        for (Model model : models) {
            add(types, model);
        }
        return types;
    }

    private void add(Map<String, ModelType> types, Model model) {
        String name = nameOf(model);
        String shortName = ApiGroups.shortName(name);
        List<Property> properties = model.properties();
        Layout layout = Layout.of(message(model), properties);
        List<ModelField> fields =
                properties.stream().map(property -> field(shortName, property, layout)).toList();
        boolean atomic = facts.of(shortName, null).says("atomic");
        ModelType type =
                new ModelType(name, model.description(), atomic, fields, new LinkedHashMap<>());
        if (types.put(name, type) != null) {
            throw new IllegalStateException("two classes for " + name);
        }
        addInlined(types, type, fields, layout);
    }

    /** The messages whose fields lie in {@code outer} become types without a class of their own. */
    private static void addInlined(
            Map<String, ModelType> types, ModelType outer, List<ModelField> fields, Layout layout) {
        layout.inlined()
                .forEach((number, inner) -> {
                    String name = outer.name() + "#" + number;
                    List<ModelField> own =
                            fields.stream()
                                    .filter(f -> inner.find(f.name()) != null)
                                    .map(f -> f.withNumber(inner.number(f.name())))
                                    .toList();
                    ModelType type = new ModelType(name, "", false, own, new LinkedHashMap<>());
                    types.put(name, type);
                    outer.inlined().put(number, name);
                    addInlined(types, type, fields, inner);
                });
    }

    private ModelField field(String type, Property property, Layout layout) {
        GoFacts.Row row = facts.of(type, property.name());
        ModelShape shape =
                ShapeReader.read(property.type(), layout.find(property.name()), this::nameOf);
        String goName = row.value("go");
        if (goName != null) {
            shape = shape.named(goName);
        }
        return new ModelField(
                property.name(),
                property.description(),
                shape,
                property.required(),
                isPointer(property, shape, row),
                property.required() ? !row.says("omitempty") : row.says("always"),
                layout.number(property.name()),
                row.merging());
    }

    private static boolean isPointer(Property property, ModelShape shape, GoFacts.Row row) {
        return switch (shape.kind()) {
            case LIST, MAP, BYTES, ANY -> false;
            case STRING -> row.says("pointer");
            default -> {
                boolean metadata =
                        shape.goType().equals("v1.ObjectMeta")
                                || shape.goType().equals("v1.ListMeta");
                boolean byValue = property.required() || metadata;
                yield byValue ? row.says("pointer") : !row.says("value");
            }
        };
    }

    private @Nullable Descriptor message(Model model) {
        return protobuf.message(model.group(), model.version(), model.goName());
    }

    private String nameOf(Class<?> type) {
        Model model = byClass.get(type);
        if (model == null) {
            throw new IllegalStateException(type + " is not of a stable group");
        }
        return nameOf(model);
    }

    private String nameOf(Model model) {
        Descriptor message = message(model);
        return message == null ? APIREGISTRATION + model.goName() : ProtoModel.openApiName(message);
    }
}
